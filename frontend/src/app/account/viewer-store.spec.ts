import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { BrowserStorage } from '../browser/browser-storage';
import { FreshPage } from '../browser/fresh-page';
import { KeptData } from '../browser/kept-data';
import { TabTurns } from '../browser/tab-turns';
import { FakeKeptData } from '../browser/testing/fake-kept-data';
import { FakePage } from '../browser/testing/fake-page';
import { FakeStorage } from '../browser/testing/fake-storage';
import { FakeTurns } from '../browser/testing/fake-turns';
import { Failure } from '../graphql/failure';
import { AccountApi, type Installation, type Viewer } from './account-api';
import { OPEN, aUsage, aViewer, used } from './testing/viewers';
import { ViewerStore } from './viewer-store';

const GUEST = aViewer();

describe(ViewerStore.name, () => {
  let known: Viewer | null;
  let installation: Installation;
  let asked: string[];
  let refusal: Failure | null;
  let storage: FakeStorage;
  let page: FakePage;
  let kept: FakeKeptData;
  let turns: FakeTurns;
  let store: ViewerStore;

  beforeEach(() => {
    known = null;
    installation = OPEN;
    asked = [];
    refusal = null;
    storage = new FakeStorage();
    page = new FakePage();
    kept = new FakeKeptData();
    turns = new FakeTurns();
    const answer = <T>(question: string, value: () => T) => {
      asked.push(question);
      return refusal ? Promise.reject(refusal) : Promise.resolve(value());
    };
    const api = {
      viewer: () => answer('viewer', () => ({ viewer: known, installation })),
      continueAsGuest: () => answer('guest', () => GUEST),
      signOut: () => answer('sign out', () => undefined),
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: AccountApi, useValue: api },
        { provide: BrowserStorage, useValue: storage },
        { provide: FreshPage, useValue: page },
        { provide: KeptData, useValue: kept },
        { provide: TabTurns, useValue: turns },
      ],
    });
    store = TestBed.inject(ViewerStore);
  });

  it('makes no guest of somebody who is signed in', async () => {
    known = { ...GUEST, isGuest: false };
    await store.ensure();
    expect(asked).toEqual(['viewer']);
    expect(store.viewer()?.isGuest).toBe(false);
  });

  it('makes one guest, however many things are begun at once', async () => {
    await Promise.all([store.ensure(), store.ensure()]);
    expect(asked).toEqual(['viewer', 'guest']);
    expect(store.signedIn()).toBe(true);
  });

  it('makes no second guest while another tab makes one: it waits for its turn', async () => {
    let otherTab = (): void => undefined;
    turns.before = new Promise<void>((resolve) => (otherTab = resolve));
    const entered = store.ensure();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(asked).toEqual(['viewer']);
    otherTab();
    await entered;
    expect(asked).toEqual(['viewer', 'guest']);
    expect(turns.taken).toEqual(['guest']);
  });

  it('asks somebody to sign in where guests are not allowed', async () => {
    installation = { ...OPEN, guestsAllowed: false };
    await expect(store.ensure()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toEqual(['viewer']);
    expect(store.mustSignIn()).toBe(true);
  });

  it('does not ask for a sign-in before it knows that one is needed', () => {
    expect(store.mustSignIn()).toBe(false);
  });

  it('asks again when the first question found no server', async () => {
    refusal = new Failure('UNREACHABLE', 'gone');
    await expect(store.load()).rejects.toBe(refusal);
    refusal = null;
    known = GUEST;
    await store.load();
    expect(store.viewer()).toEqual(GUEST);
  });

  it('waits for a server that is away, and knows then who is here', async () => {
    refusal = new Failure('UNREACHABLE', 'gone');
    const reached = store.untilReached();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(store.away()).toBe(true);
    refusal = null;
    known = GUEST;
    window.dispatchEvent(new Event('online'));
    await reached;
    expect(store.away()).toBe(false);
    expect(store.viewer()).toEqual(GUEST);
  });

  it('keeps nothing on this device of anybody but who is here', async () => {
    kept.owner = 'somebody else';
    kept.values.set('chats', 'theirs');
    known = GUEST;
    await store.load();
    expect(kept.values.size).toBe(0);
    expect(kept.owner).toBe(GUEST.id);
  });

  describe('when somebody has come or gone in another tab', () => {
    const elsewhere = async (viewer: Viewer | null) => {
      known = viewer;
      storage.writtenElsewhere('viewer', viewer?.id ?? '');
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    };

    const ADA = aViewer({ id: 'ada', isGuest: false });
    const begun = async (viewer: Viewer) => {
      known = viewer;
      await store.load();
      TestBed.inject(Router).resetConfig([{ path: '**', children: [] }]);
      await TestBed.inject(Router).navigateByUrl('/chat/c1');
    };

    it('begins anew as the one who has come, at the beginning', async () => {
      await begun(ADA);
      await elsewhere({ ...ADA, id: 'another' });
      expect(page.opened).toEqual(['/']);
    });

    it('begins anew in the same chat when its guest has an account now', async () => {
      await begun(GUEST);
      await elsewhere({ ...GUEST, isGuest: false });
      expect(page.opened).toEqual(['/chat/c1']);
    });

    it('shows nothing any more of who has gone', async () => {
      await begun(ADA);
      await elsewhere(null);
      expect(page.opened).toEqual(['/']);
    });

    it('knows who has come where nobody was, and goes on', async () => {
      await store.load();
      await elsewhere(GUEST);
      expect(store.viewer()).toEqual(GUEST);
      expect(page.opened).toEqual([]);
    });

    it('goes on where it is the same one, and where the server cannot say', async () => {
      known = GUEST;
      await store.load();
      await elsewhere(GUEST);
      refusal = new Failure('UNREACHABLE', 'gone');
      await elsewhere(null);
      expect(store.viewer()).toEqual(GUEST);
      expect(page.opened).toEqual([]);
    });
  });

  describe('refreshUsage', () => {
    it('asks nothing where nothing can run out', async () => {
      known = GUEST;
      await store.load();
      await store.refreshUsage();
      expect(asked).toEqual(['viewer']);
    });

    it('learns what is left, and keeps what it knew where it cannot', async () => {
      known = aViewer({ usage: aUsage({ messagesToday: used(1, 10) }) });
      await store.load();
      known = aViewer({ usage: aUsage({ messagesToday: used(2, 10) }) });
      await store.refreshUsage();
      expect(store.viewer()?.usage.messagesToday.remaining).toBe(8);
      refusal = new Failure('UNREACHABLE', 'gone');
      await store.refreshUsage();
      expect(store.viewer()?.usage.messagesToday.remaining).toBe(8);
    });

    it('leaves somebody here whose sign-in has ended: what they ask for next says so', async () => {
      const viewer = aViewer({ usage: aUsage({ messagesToday: used(1, 10) }) });
      known = viewer;
      await store.load();
      known = null;
      await store.refreshUsage();
      expect(store.viewer()).toEqual(viewer);
    });

    it('is asked for once by all who ask at once, and once more by who asks meanwhile', async () => {
      known = aViewer({ usage: aUsage({ messagesToday: used(1, 10) }) });
      await store.load();
      const first = store.refreshUsage();
      await Promise.all([first, store.refreshUsage(), Promise.resolve().then(() => store.refreshUsage())]);
      expect(asked).toEqual(['viewer', 'viewer', 'viewer']);
    });

    it('is asked for when a new day has come while nobody looked', async () => {
      const usage = aUsage({ messagesToday: used(10, 10, '2026-01-01T00:00:00.000Z') });
      known = aViewer({ usage });
      await store.load();
      window.dispatchEvent(new Event('online'));
      await Promise.resolve();
      expect(asked).toEqual(['viewer', 'viewer']);
    });
  });

  describe('signOut', () => {
    it('leaves no draft behind, and begins the page anew', async () => {
      storage.write('draft.c1', 'a secret');
      storage.write('theme', 'dark');
      kept.owner = GUEST.id;
      kept.values.set('chats', 'a secret');
      await store.signOut();
      expect(kept.values.size).toBe(0);
      expect(kept.owner).toBeNull();
      expect([...storage.values.keys()]).toEqual(['theme']);
      expect(page.opened).toEqual(['/']);
    });

    it('changes nothing when the server did not hear of it', async () => {
      storage.write('draft.c1', 'a secret');
      refusal = new Failure('UNREACHABLE', 'gone');
      await expect(store.signOut()).rejects.toBe(refusal);
      expect(storage.read('draft.c1')).toBe('a secret');
      expect(page.opened).toEqual([]);
    });
  });
});
