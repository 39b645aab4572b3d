import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { AccountApi } from '../account/account-api';
import { OPEN, aViewer } from '../account/testing/viewers';
import { BrowserStorage } from '../browser/browser-storage';
import { KeptData } from '../browser/kept-data';
import { FakeKeptData } from '../browser/testing/fake-kept-data';
import { FakeStorage } from '../browser/testing/fake-storage';
import { WALL_CLOCK } from '../browser/wall-clock';
import { ChatsApi } from '../chats/chats-api';
import { Failure } from '../graphql/failure';
import { ModelsApi, type Model } from '../models/models-api';
import { ModelsStore } from '../models/models-store';
import { aModel } from '../models/testing/models';
import { AttachmentReader } from './attachments/attachment-reader';
import { AttachmentsApi } from './attachments/attachments-api';
import { RefusedFile } from './attachments/refused-file';
import { FakeAttachmentsApi, anAttachment } from './attachments/testing/fake-attachments-api';
import { ChatApi } from './chat-api';
import { ChatStore } from './chat-store';
import { ComposerStore } from './composer-store';
import { FakeChatApi, settle } from './testing/fake-chat-api';
import { aMessage, aReply, aSession, anOpenedChat } from './testing/messages';

describe(ComposerStore.name, () => {
  let api: FakeChatApi;
  let uploads: FakeAttachmentsApi;
  let now: number;
  let store: ChatStore;
  let composer: ComposerStore;

  const files = () => composer.files().map(({ name }) => name);
  const shown = () =>
    store
      .conversation()
      .entries.map(({ message }) => [message.content, ...message.attachments.map(({ name }) => name)]);
  const attach = async (...named: File[]) => {
    const before = uploads.uploads.length;
    void composer.attach(named);
    await uploads.arrived(before + named.length);
    for (const upload of uploads.uploads) upload.taken();
    await settle();
  };
  const text = new File(['x'], 'notes.txt', { type: 'text/plain' });
  const image = new File(['x'], 'sea.png', { type: 'image/png' });

  const models = [aModel('demo/sees'), aModel('demo/blind', { acceptsImages: false })];

  const begin = (listed: Promise<Model[]>) => {
    api = new FakeChatApi();
    uploads = new FakeAttachmentsApi();
    now = 0;
    const read = (file: File) => Promise.resolve({ name: file.name, mediaType: file.type, data: file });
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatApi, useValue: api },
        { provide: AttachmentsApi, useValue: uploads },
        { provide: AttachmentReader, useValue: { read } },
        { provide: BrowserStorage, useValue: new FakeStorage() },
        { provide: KeptData, useValue: new FakeKeptData() },
        { provide: WALL_CLOCK, useValue: () => now },
        {
          provide: AccountApi,
          useValue: { viewer: () => Promise.resolve({ viewer: aViewer(), installation: OPEN }) },
        },
        { provide: ChatsApi, useValue: { list: () => Promise.resolve({ chats: [], next: null }) } },
        { provide: ModelsApi, useValue: { list: () => listed } },
      ],
    });
    store = TestBed.inject(ChatStore);
    composer = TestBed.inject(ComposerStore);
    return TestBed.inject(ModelsStore).load();
  };

  beforeEach(() => begin(Promise.resolve(models)));

  it('sends what is attached, and shows it before the server has answered', async () => {
    await attach(text, image);
    void store.send('Hello');
    expect(shown()[0]).toEqual(['Hello', 'notes.txt', 'sea.png']);
    expect(files()).toEqual([]);
    await settle();
    expect(api.starts[0]?.input.attachmentIds).toEqual(['f1', 'f2']);
  });

  it('has text and files again when they could not be sent, and sends them by the same key', async () => {
    await attach(text);
    void store.send('Hello');
    await settle();
    api.starts[0]?.reject(new Failure('UNREACHABLE', 'no'));
    await settle();
    expect([composer.text(), files(), shown()]).toEqual(['Hello', ['notes.txt'], []]);
    void store.tryAgain();
    await settle();
    expect(api.starts[1]?.input).toEqual(api.starts[0]?.input);
  });

  describe('while files are on their way', () => {
    const WAITS = 'It is sent as soon as the files are uploaded.';

    beforeEach(async () => {
      void composer.attach([text, image]);
      await uploads.arrived(2);
      void store.send('Hello');
      uploads.uploads[0]?.taken();
      await settle();
    });

    it('waits with all of the message, and sends it by itself when the last one is there', async () => {
      expect([store.held(), composer.text(), files(), shown()]).toEqual([
        ...[WAITS, 'Hello', ['notes.txt', 'sea.png'], []],
      ]);
      uploads.uploads[1]?.taken();
      await settle();
      expect([store.held(), composer.text(), files()]).toEqual([null, '', []]);
      expect(api.starts).toMatchObject([{ input: { prompt: 'Hello', attachmentIds: ['f1', 'f2'] } }]);
    });

    it('sends it without the one that is removed meanwhile', async () => {
      composer.detach(composer.files()[1]?.key ?? '');
      await settle();
      expect(api.starts).toMatchObject([{ input: { attachmentIds: ['f1'] } }]);
    });

    it.each<[string, unknown, string | null]>([
      [
        'does not get there',
        new Failure('UNREACHABLE', 'no'),
        'Upload again what was not uploaded, or remove it.',
      ],
      ['is not taken', new RefusedFile('unreadable'), null],
    ])('sends nothing where one %s', async (_what, error, held) => {
      uploads.uploads[1]?.refused(error);
      await settle();
      expect([api.starts, composer.text(), store.held()]).toEqual([[], 'Hello', held]);
    });

    it.each<[string, () => void]>([
      ['it is called off', () => composer.callOff()],
      ['somebody writes on', () => composer.write('Hello and')],
      ['another chat is opened', () => void store.open('c1')],
      ['something is taken over', () => composer.takeOver(aMessage({ content: 'Asked elsewhere' }))],
    ])('sends nothing where %s', async (_what, act) => {
      act();
      expect(store.held()).toBeNull();
      uploads.uploads[1]?.taken();
      await settle();
      expect(api.starts).toEqual([]);
    });

    it('sends it once, however often it is told to', async () => {
      void store.send('Hello');
      uploads.uploads[1]?.taken();
      await settle();
      expect(api.starts).toHaveLength(1);
    });
  });

  describe('for a chat that is on its way', () => {
    const blind = { id: 'demo/blind', name: 'blind', provider: 'demo' };
    const theirs = anOpenedChat([aMessage(), aReply()]);

    beforeEach(() => {
      void store.open('c1');
      void store.send('And then?');
    });

    it('waits for it, and goes to its model', async () => {
      await settle();
      expect([store.held(), composer.text(), shown()]).toEqual([
        ...['It is sent as soon as the chat is loaded.', 'And then?', []],
      ]);
      api.opens[0]?.resolve({ ...theirs, chat: { ...theirs.chat, model: blind } });
      await settle();
      expect([store.held(), composer.text()]).toEqual([null, '']);
      expect(api.starts).toMatchObject([
        { input: { prompt: 'And then?', chatId: 'c1', modelId: 'demo/blind' } },
      ]);
    });

    it('stays where that cannot be read, and is sent when it could be after all', async () => {
      const waits = jest.spyOn(composer, 'untilReady');
      api.opens[0]?.reject(new Failure('INTERNAL', 'no'));
      await settle();
      expect([api.starts, composer.text(), store.held()]).toEqual([[], 'And then?', null]);
      void store.send('And then?');
      await settle();
      expect(api.starts).toEqual([]);
      void store.tryAgain();
      void store.send('And then?');
      api.opens[1]?.resolve(theirs);
      await settle();
      expect(api.starts).toHaveLength(1);
      // Nobody asks again unasked.
      expect(waits).toHaveBeenCalledTimes(2);
    });

    it('is kept for later where a reply is being written', async () => {
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ status: 'STREAMING' })], { session: 's1' }));
      await settle();
      expect([api.starts, composer.text(), composer.waiting()]).toEqual([[], 'And then?', false]);
    });

    it('is not sent into another one', async () => {
      void store.open('c2');
      api.opens[0]?.resolve(theirs);
      api.opens[1]?.resolve(anOpenedChat([aMessage(), aReply()], { id: 'c2' }));
      await settle();
      expect([api.starts, composer.text()]).toEqual([[], '']);
      void store.open('c1');
      expect(composer.text()).toBe('And then?');
    });
  });

  it('waits for the models, and goes to the one that is preferred', async () => {
    const listed = Promise.withResolvers<Model[]>();
    void begin(listed.promise);
    void store.send('Hello');
    await settle();
    expect([api.starts, composer.text(), composer.waiting()]).toEqual([[], 'Hello', true]);
    listed.resolve(models);
    await settle();
    expect(api.starts).toMatchObject([{ input: { prompt: 'Hello', modelId: 'demo/sees' } }]);
  });

  it('has what is taken over from elsewhere before what was begun', async () => {
    composer.write('Half a question');
    await attach(text);
    const attachments = [anAttachment({ id: 'old', name: 'old.txt' })];
    composer.takeOver(aMessage({ content: 'Too long a question', attachments }));
    expect(composer.text()).toBe('Too long a question\n\nHalf a question');
    expect(files()).toEqual(['old.txt', 'notes.txt']);
  });

  describe('beside what the page proposes', () => {
    const begun = () => [composer.text(), files()];

    beforeEach(() => composer.write('Half a question'));

    it('stays as it is, and goes along to the chat that comes to be', async () => {
      await attach(text);
      void store.sendStarter('A proposal');
      expect(shown()[0]).toEqual(['A proposal']);
      expect(begun()).toEqual(['Half a question', ['notes.txt']]);
      await settle();
      expect(api.starts).toMatchObject([{ input: { prompt: 'A proposal', attachmentIds: [] } }]);
      api.starts[0]?.resolve(aSession());
      await settle();
      expect(begun()).toEqual(['Half a question', ['notes.txt']]);
      await store.open(null);
      expect(begun()).toEqual(['', []]);
    });

    it('stays as it is when that is refused, and is not sent when it is tried again', async () => {
      await attach(text);
      void store.sendStarter('A proposal');
      await settle();
      api.starts[0]?.reject(new Failure('UNREACHABLE', 'no'));
      await settle();
      expect([...begun(), shown()]).toEqual(['Half a question', ['notes.txt'], []]);
      void store.tryAgain();
      await settle();
      expect(api.starts[1]?.input).toEqual(api.starts[0]?.input);
      expect(begun()).toEqual(['Half a question', ['notes.txt']]);
    });

    it('holds nothing up where its files could not be sent', async () => {
      store.chooseModel('demo/blind');
      void composer.attach([image]);
      await uploads.arrived(1);
      void store.sendStarter('A proposal');
      await settle();
      expect(api.starts).toHaveLength(1);
    });

    it('does not follow by itself when its files have come', async () => {
      void composer.attach([text]);
      await uploads.arrived(1);
      void store.send('Half a question');
      expect(composer.waiting()).toBe(true);
      void store.sendStarter('A proposal');
      expect(composer.waiting()).toBe(false);
      await settle();
      api.starts[0]?.reject(new Failure('UNREACHABLE', 'no'));
      uploads.uploads[0]?.taken();
      await settle();
      expect(api.starts).toMatchObject([{ input: { prompt: 'A proposal' } }]);
      expect(begun()).toEqual(['Half a question', ['notes.txt']]);
    });
  });

  it('uploads anew what the server has deleted, and sends it then', async () => {
    await attach(text);
    now += 24 * 3_600_000;
    void store.send('Hello');
    await uploads.arrived(2);
    expect([api.starts, composer.files()[0]?.progress.type]).toEqual([[], 'uploading']);
    uploads.uploads[1]?.taken();
    await settle();
    expect(api.starts).toMatchObject([{ input: { prompt: 'Hello', attachmentIds: ['f2'] } }]);
  });

  it('sends nothing while a file is not where it should be', async () => {
    void composer.attach([text]);
    await uploads.arrived(1);
    uploads.uploads[0]?.refused(new Failure('VALIDATION_FAILED', 'No.'));
    await settle();
    expect(store.held()).toBe('Upload again what was not uploaded, or remove it.');
    void store.send('Hello');
    expect(shown()).toEqual([]);
    composer.detach(composer.files()[0]?.key ?? '');
    expect(store.held()).toBeNull();
  });

  it('holds what is longer than a message may be, until it is not', async () => {
    const longest = 'x'.repeat(400_000);
    composer.write(`${longest}y`);
    expect(store.held()).toBe('A message takes up to 400,000 letters.');
    void store.send(composer.text());
    expect(shown()).toEqual([]);
    composer.write(longest);
    expect(store.held()).toBeNull();
    void store.send(composer.text());
    await settle();
    expect(api.starts).toHaveLength(1);
  });

  it('shows images to nobody who cannot see them, be it the model or its rival', async () => {
    await attach(text, image);
    store.chooseModel('demo/blind');
    expect(store.held()).toBe('blind cannot see images.');
    void store.send('Hello');
    expect(shown()).toEqual([]);
    store.chooseModel('demo/sees');
    expect(store.held()).toBeNull();
    store.chooseRival('demo/blind');
    expect(store.held()).toBe('blind cannot see images.');
    composer.detachImages();
    expect([store.held(), files()]).toEqual([null, ['notes.txt']]);
  });

  it('gives what was attached meanwhile to the chat that has come to be', async () => {
    void store.send('Hello');
    await attach(text);
    api.starts[0]?.resolve(aSession());
    await settle();
    expect(files()).toEqual(['notes.txt']);
    await store.open(null);
    expect(files()).toEqual([]);
  });

  describe('with an earlier message', () => {
    const asked = aMessage({
      id: 'a',
      content: 'Hello',
      attachments: [anAttachment({ id: 'old', name: 'old.txt' })],
    });

    beforeEach(async () => {
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([asked, aReply({ id: 'b', parentId: 'a' })]));
      await settle();
      await attach(image);
      store.edit(asked);
    });

    it('has its files, and sends them again', async () => {
      expect(files()).toEqual(['old.txt']);
      void store.send('Hello again');
      await settle();
      expect(api.starts[0]?.input).toMatchObject({ attachmentIds: ['old'], parentMessageId: null });
      expect(files()).toEqual(['sea.png']);
      api.starts[0]?.reject(new Failure('UNREACHABLE', 'no'));
      await settle();
      expect([composer.text(), files()]).toEqual(['Hello again', ['old.txt']]);
    });

    it('leaves the message alone when a file is removed and the edit is given up', () => {
      composer.detach(composer.files()[0]?.key ?? '');
      expect(files()).toEqual([]);
      composer.stopEditing();
      expect(files()).toEqual(['sea.png']);
      store.edit(asked);
      expect(files()).toEqual(['old.txt']);
    });
  });
});
