import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { ViewerStore } from '../../account/viewer-store';
import { BrowserStorage } from '../../browser/browser-storage';
import { Connectivity } from '../../browser/connectivity';
import { FakeStorage } from '../../browser/testing/fake-storage';
import { WALL_CLOCK } from '../../browser/wall-clock';
import { Failure } from '../../graphql/failure';
import { settle } from '../testing/fake-chat-api';
import { AttachmentReader, type Upload } from './attachment-reader';
import { AttachmentsApi } from './attachments-api';
import { AttachmentsStore } from './attachments-store';
import { RefusedFile } from './refused-file';
import { FakeAttachmentsApi, anAttachment } from './testing/fake-attachments-api';

const HOUR = 3_600_000;
const DRAFT = 'draft.new';

describe(AttachmentsStore.name, () => {
  let api: FakeAttachmentsApi;
  let storage: FakeStorage;
  let worthTrying: Subject<Event>;
  let away: Promise<void> | null;
  let now: number;
  let store: AttachmentsStore;

  const fileNamed = (name: string) => new File(['hello'], name, { type: 'text/plain' });
  const files = (draft = DRAFT) => store.of(draft).map(({ name, progress }) => `${name} ${progress.type}`);
  const attach = async (...names: string[]) => {
    void store.add(DRAFT, names.map(fileNamed));
    await settle();
  };
  const uploaded = async (...names: string[]) => {
    await attach(...names);
    await api.arrived(names.length);
    for (const upload of api.uploads) upload.taken();
    await settle();
  };
  /** The page as it is after a reload. */
  const aNewPage = () => {
    TestBed.resetTestingModule();
    const read = (file: File): Promise<Upload> =>
      file.name.endsWith('.exe')
        ? Promise.reject(new RefusedFile('kind'))
        : Promise.resolve({ name: file.name, mediaType: file.type, data: file });
    const viewer = {
      away: () => away !== null,
      untilReached: () => away,
      ensure: () => Promise.resolve(),
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: AttachmentsApi, useValue: api },
        { provide: AttachmentReader, useValue: { read } },
        { provide: BrowserStorage, useValue: storage },
        { provide: Connectivity, useValue: { worthTrying } },
        { provide: ViewerStore, useValue: viewer },
        { provide: WALL_CLOCK, useValue: () => now },
      ],
    });
    store = TestBed.inject(AttachmentsStore);
  };

  beforeEach(() => {
    api = new FakeAttachmentsApi();
    storage = new FakeStorage();
    worthTrying = new Subject();
    away = null;
    now = 0;
    aNewPage();
  });

  it('uploads files as soon as they are attached, and keeps their order whichever is there first', async () => {
    await attach('a.txt', 'b.txt');
    expect(files()).toEqual(['a.txt uploading', 'b.txt uploading']);
    await api.arrived(2);
    api.uploads[1]?.taken();
    await settle();
    expect(files()).toEqual(['a.txt uploading', 'b.txt uploaded']);
    api.uploads[0]?.taken();
    await settle();
    expect(files()).toEqual(['a.txt uploaded', 'b.txt uploaded']);
  });

  it('takes up to eight, and says which it has left out', async () => {
    await attach(...Array.from({ length: 7 }, (_, n) => `${n}.txt`));
    await attach('8.txt', '9.txt', '10.txt');
    expect(files()).toHaveLength(8);
    expect(store.refusedOf(DRAFT)).toMatchObject([
      { name: '9.txt', why: 'count' },
      { name: '10.txt', why: 'count' },
    ]);
    // It is said until something else is attached.
    await attach();
    expect(store.refusedOf(DRAFT)).toEqual([]);
  });

  it('leaves out what no model can read, and takes the rest', async () => {
    await attach('a.txt', 'virus.exe');
    await api.arrived(1);
    await settle();
    expect(files()).toEqual(['a.txt uploading']);
    expect(store.refusedOf(DRAFT)).toMatchObject([{ name: 'virus.exe', why: 'kind' }]);
    expect(store.refusedOf('draft.c1')).toEqual([]);
  });

  it('keeps what was not uploaded, and sends it again when it is told to', async () => {
    await attach('a.txt');
    await api.arrived(1);
    const failure = new Failure('RATE_LIMITED', 'Slower.', { retryAfterMs: 2_000 });
    api.uploads[0]?.refused(failure);
    await settle();
    const [failed] = store.of(DRAFT);
    expect(failed?.progress).toEqual({ type: 'failed', failure });
    worthTrying.next(new Event('online'));
    await settle();
    expect(api.uploads).toHaveLength(1);
    void store.retry(failed?.key ?? '');
    // A second click sends it no second time.
    void store.retry(failed?.key ?? '');
    await api.arrived(2);
    await settle();
    expect(files()).toEqual(['a.txt uploading']);
    expect(api.uploads).toHaveLength(2);
    api.uploads[1]?.taken();
    await settle();
    expect(files()).toEqual(['a.txt uploaded']);
  });

  it('sends again by itself, when the network is back', async () => {
    await attach('a.txt');
    await api.arrived(1);
    api.uploads[0]?.refused(new Failure('UNREACHABLE', 'gone'));
    await settle();
    expect(files()).toEqual(['a.txt failed']);
    worthTrying.next(new Event('online'));
    await api.arrived(2);
    api.uploads[1]?.taken();
    await settle();
    expect(files()).toEqual(['a.txt uploaded']);
  });

  it('waits for a server that could not be reached when the page began', async () => {
    let reached!: () => void;
    away = new Promise((resolve) => (reached = resolve));
    await attach('a.txt');
    expect([files(), api.uploads.length]).toEqual([['a.txt uploading'], 0]);
    reached();
    await api.arrived(1);
  });

  it('forgets what was removed while it was on its way', async () => {
    await attach('a.txt', 'b.txt');
    await api.arrived(2);
    store.remove(store.of(DRAFT)[0]?.key ?? '');
    api.uploads[0]?.taken();
    api.uploads[1]?.taken();
    await settle();
    expect(files()).toEqual(['b.txt uploaded']);
  });

  it('brings back after a reload what the server has, for as long as that keeps it', async () => {
    await uploaded('a.txt', 'b.txt');
    await attach('c.txt');
    now = 22 * HOUR;
    aNewPage();
    store.recall(DRAFT);
    expect(files()).toEqual(['a.txt uploaded', 'b.txt uploaded']);
    now = 24 * HOUR;
    aNewPage();
    store.recall(DRAFT);
    expect(files()).toEqual([]);
  });

  it('uploads again what was not sent for a day, and leaves out what this page does not have', async () => {
    await uploaded('a.txt');
    aNewPage();
    store.recall(DRAFT);
    await attach('b.txt');
    await api.arrived(2);
    api.uploads[1]?.taken();
    await settle();
    now = 22 * HOUR;
    expect(store.ready(DRAFT)).toBe(true);
    now = 24 * HOUR;
    expect(store.ready(DRAFT)).toBe(false);
    store.renew(DRAFT);
    expect(files()).toEqual(['b.txt uploading']);
    expect(store.refusedOf(DRAFT)).toMatchObject([{ name: 'a.txt', why: 'forgotten' }]);
    await api.arrived(3);
    api.uploads[2]?.taken();
    await store.untilUploaded(DRAFT);
    expect([files(), store.ready(DRAFT)]).toEqual([['b.txt uploaded'], true]);
  });

  it('keeps the files of a message that is edited, however long that takes', () => {
    store.addSent('draft.c1.edit', [anAttachment({ name: 'old.txt' })]);
    now = 1000 * HOUR;
    aNewPage();
    store.recall('draft.c1.edit');
    expect(files('draft.c1.edit')).toEqual(['old.txt uploaded']);
    store.clear('draft.c1.edit');
    expect(storage.values.size).toBe(0);
  });

  it('takes along what is on its way, when the chat comes to be', async () => {
    await attach('a.txt');
    store.move(DRAFT, 'draft.c1');
    await api.arrived(1);
    api.uploads[0]?.taken();
    await settle();
    expect([files(), files('draft.c1')]).toEqual([[], ['a.txt uploaded']]);
    expect([...storage.values.keys()]).toEqual(['draft.c1.attachments']);
  });

  it('gives back what could not be sent, before what was attached since', async () => {
    await uploaded('a.txt');
    const taken = store.of(DRAFT);
    store.clear(DRAFT);
    await attach('b.txt');
    store.giveBack(DRAFT, taken);
    expect(files()).toEqual(['a.txt uploaded', 'b.txt uploading']);
    expect(store.of(DRAFT)[0]?.file).toBe(taken[0]?.file);
  });
});
