import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { NEVER, type Observable } from 'rxjs';
import { ViewerStore } from '../account/viewer-store';
import { KeptData } from '../browser/kept-data';
import { FakeKeptData } from '../browser/testing/fake-kept-data';
import { Failure } from '../graphql/failure';
import { ChatsApi, type ChatsPage, type ChatsWanted } from './chats-api';
import { ChatsStore } from './chats-store';
import { aChat as chat } from './testing/chats';

class FakeChatsApi implements Pick<ChatsApi, keyof ChatsApi> {
  pages: Record<string, ChatsPage> = { '': { chats: [chat('a'), chat('b')], next: null } };
  asked: string[] = [];
  told: string[] = [];
  refusal: Failure | null = null;

  list({ view, search, after }: ChatsWanted): Promise<ChatsPage> {
    const key = after ?? (search || (view === 'archived' ? 'archived' : ''));
    this.asked.push(key);
    return this.answer(this.pages[key] ?? { chats: [], next: null });
  }

  rename(id: string, title: string): Promise<void> {
    return this.tell(`rename ${id} ${title}`);
  }

  pin(id: string): Promise<void> {
    return this.tell(`pin ${id}`);
  }

  unpin(id: string): Promise<void> {
    return this.tell(`unpin ${id}`);
  }

  archive(id: string): Promise<void> {
    return this.tell(`archive ${id}`);
  }

  unarchive(id: string): Promise<void> {
    return this.tell(`unarchive ${id}`);
  }

  markRead(id: string): Promise<void> {
    return this.tell(`read ${id}`);
  }

  changes(): Observable<never> {
    return NEVER;
  }

  delete(id: string): Promise<void> {
    return this.tell(`delete ${id}`);
  }

  restore(id: string): Promise<void> {
    return this.tell(`restore ${id}`);
  }

  private tell(what: string): Promise<void> {
    this.told.push(what);
    return this.answer(undefined);
  }

  private answer<T>(value: T): Promise<T> {
    return this.refusal ? Promise.reject(this.refusal) : Promise.resolve(value);
  }
}

describe(ChatsStore.name, () => {
  let api: FakeChatsApi;
  let store: ChatsStore;
  let kept: FakeKeptData;
  const signedIn = signal(true);
  const away = signal(false);
  const ids = () => store.chats().map(({ id }) => id);
  const running = { activeSession: { id: 's' }, updatedAt: '2026-01-09T00:00:00.000Z' };

  beforeEach(() => {
    jest.useFakeTimers();
    signedIn.set(true);
    away.set(false);
    kept = new FakeKeptData();
    kept.owner = 'u1';
    api = new FakeChatsApi();
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatsApi, useValue: api },
        { provide: ViewerStore, useValue: { signedIn, away } },
        { provide: KeptData, useValue: kept },
      ],
    });
    store = TestBed.inject(ChatsStore);
  });

  afterEach(() => jest.useRealTimers());

  it('does not ask for the chats of nobody', async () => {
    signedIn.set(false);
    await store.load();
    expect(api.asked).toEqual([]);
    expect(store.state()).toBe('ready');
  });

  it('goes on where the last page ended, each chat once', async () => {
    api.pages = {
      '': { chats: [chat('a'), chat('b')], next: 'p2' },
      p2: { chats: [chat('b'), chat('c')], next: null },
    };
    await store.load();
    expect(store.next()).toBe('p2');
    await store.loadMore();
    expect(ids()).toEqual(['a', 'b', 'c']);
    expect(store.next()).toBeNull();
  });

  it('says when the list could not be loaded', async () => {
    api.refusal = new Failure('UNREACHABLE', 'gone');
    await store.load();
    expect(store.state()).toBe('failed');
  });

  describe('on this device', () => {
    const keptIds = () => (kept.values.get('chats') as { id: string }[]).map(({ id }) => id);

    it('keeps the list as it is now, and not what was found in it', async () => {
      await store.load();
      TestBed.tick();
      expect(keptIds()).toEqual(['a', 'b']);
      store.noteChanged(chat('n', { updatedAt: '2026-02-01T00:00:00.000Z' }));
      TestBed.tick();
      expect(keptIds()).toEqual(['n', 'a', 'b']);
      await store.find('tea');
      TestBed.tick();
      expect(keptIds()).toEqual(['n', 'a', 'b']);
    });

    it('shows it while the server is away, with nothing running, and finds titles in it', async () => {
      kept.values.set('chats', [
        chat('a', { activeSession: { id: 's' } }),
        chat('b', { title: 'Green tea' }),
      ]);
      away.set(true);
      await store.load();
      expect(ids()).toEqual(['a', 'b']);
      expect(store.chats()[0]?.activeSession).toBeNull();
      await store.find('TEA');
      expect(ids()).toEqual(['b']);
      expect(api.asked).toEqual([]);
    });

    it('shows it no longer when the server says that nobody is here', async () => {
      kept.values.set('chats', [chat('a')]);
      away.set(true);
      await store.load();
      away.set(false);
      signedIn.set(false);
      await store.load();
      expect(ids()).toEqual([]);
    });

    it('forgets a chat that was deleted, here or elsewhere', async () => {
      kept.values.set('chat.a', 'A').set('chat.b', 'B');
      await store.load();
      await store.delete(chat('a'));
      expect([...kept.values.keys()].filter((key) => key.startsWith('chat.'))).toEqual(['chat.b']);
    });

    it('forgets what was deleted elsewhere while nobody was here, as far as the list tells', async () => {
      kept.values.set('chat.a', 'A').set('chat.gone', 'G');
      api.pages = { '': { chats: [chat('a')], next: 'p2' } };
      await store.load();
      expect(kept.values.has('chat.gone')).toBe(true);
      api.pages = { '': { chats: [chat('a')], next: null } };
      await store.load();
      expect(kept.values.has('chat.gone')).toBe(false);
      expect(kept.values.has('chat.a')).toBe(true);
    });
  });

  it('shows what was searched for last, whichever answer comes first', async () => {
    api.pages = { tea: { chats: [chat('t')], next: null }, coffee: { chats: [chat('c')], next: null } };
    await Promise.all([store.find('tea'), store.find(' coffee ')]);
    expect(ids()).toEqual(['c']);
  });

  it('takes a chat that is being answered to the top, running', async () => {
    await store.load();
    store.noteStarted(chat('b', running));
    expect(ids()).toEqual(['b', 'a']);
    store.noteEnded('b');
    expect(store.chats()[0]?.activeSession).toBeNull();
  });

  it('has a chat ended whose end was heard of before the answer to its start', async () => {
    await store.load();
    store.noteChanged(chat('new', running));
    store.noteChanged(chat('new', { updatedAt: '2026-01-09T00:00:01.000Z', unread: true }));
    store.noteStarted(chat('new', running));
    expect(store.chats()[0]).toMatchObject({ id: 'new', activeSession: null, unread: true });
    // The same where the list was loaded since.
    api.pages = { '': { chats: [...store.chats()], next: null } };
    await store.load();
    store.noteStarted(chat('new', running));
    expect(store.chats()[0]?.activeSession).toBeNull();
  });

  it('has a chat ended whose end is in a list that was asked for before it began', async () => {
    const ended = chat('new', { updatedAt: '2026-01-09T00:00:01.000Z', unread: true });
    api.pages = { '': { chats: [ended], next: null } };
    const loading = store.load();
    store.noteStarted(chat('new', running));
    await loading;
    expect(store.chats()).toEqual([ended]);
    expect(store.isUnread('new')).toBe(true);
  });

  it('leaves what was found as it is when a reply begins elsewhere', async () => {
    const hit = { messageId: 'm', excerpt: 'green tea' };
    api.pages = { tea: { chats: [chat('s'), { ...chat('t'), hit }], next: null } };
    await store.find('tea');
    store.noteStarted(chat('t', running));
    store.noteStarted(chat('b', running));
    expect(store.chats()).toEqual([chat('s'), { ...chat('t', running), hit }]);
  });

  it('brings the old name back when the new one is refused', async () => {
    await store.load();
    api.refusal = new Failure('UNREACHABLE', 'gone');
    const renamed = store.rename(chat('a'), 'Better');
    expect(store.chats()[0]?.title).toBe('Better');
    await expect(renamed).rejects.toBe(api.refusal);
    expect(store.chats()[0]?.title).toBe('Chat a');
  });

  describe('told of what happened elsewhere', () => {
    const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
    const ids = () => store.chats().map(({ id }) => id);

    it('shows a chat as it is now, in its place', async () => {
      api.pages = { '': { chats: [chat('a', { updatedAt: at(2) }), chat('b')], next: null } };
      await store.load();
      store.noteChanged(chat('b', { title: 'Renamed', updatedAt: at(3), activeSession: { id: 's' } }));
      expect(ids()).toEqual(['b', 'a']);
      expect(store.chats()[0]).toMatchObject({ title: 'Renamed', activeSession: { id: 's' } });
    });

    it('shows a new chat, unless the list is not loaded to where it stands', async () => {
      api.pages = { '': { chats: [chat('a', { updatedAt: at(2) })], next: 'p2' } };
      await store.load();
      store.noteChanged(chat('new', { updatedAt: at(3) }));
      store.noteChanged(chat('old', { updatedAt: at(1) }));
      expect(ids()).toEqual(['new', 'a']);
    });

    it('keeps what was found by a search, and nothing beside it', async () => {
      api.pages = { tea: { chats: [chat('a', { hit: { messageId: 'm', excerpt: 'tea' } })], next: null } };
      await store.find('tea');
      store.noteChanged(chat('a', { title: 'Renamed' }));
      store.noteChanged(chat('b'));
      expect(store.chats()).toMatchObject([{ title: 'Renamed', hit: { messageId: 'm' } }]);
    });

    it('keeps news that overtook the list', async () => {
      const loading = store.load();
      store.noteChanged(chat('a', { title: 'Newer' }));
      await loading;
      expect(store.chats().map(({ title }) => title)).toContain('Newer');
    });

    it('leaves out what was deleted while the list was on its way, whatever was told of it before', async () => {
      const loading = store.load();
      store.noteChanged(chat('a', { title: 'Newer' }));
      store.noteDeleted('a');
      await loading;
      expect(ids()).toEqual(['b']);
    });

    it('has a chat read at once, and says so to the server', async () => {
      api.pages = { '': { chats: [chat('a', { unread: true })], next: null } };
      await store.load();
      const told = store.markRead('a');
      expect(store.chats()[0]?.unread).toBe(false);
      await told;
      expect(api.told).toEqual(['read a']);
    });

    it('leaves out what was deleted, until it is restored', async () => {
      await store.load();
      store.noteDeleted('a');
      expect(ids()).toEqual(['b']);
      store.noteChanged(chat('a'));
      expect(ids()).toContain('a');
    });
  });

  it('asks for more once, however often it is told to', async () => {
    api.pages = { '': { chats: [chat('a')], next: 'p2' }, p2: { chats: [chat('b')], next: null } };
    await store.load();
    await Promise.all([store.loadMore(), store.loadMore()]);
    await store.loadMore();
    expect(api.asked).toEqual(['', 'p2']);
  });

  describe('of several days', () => {
    const [c, b, a] = [3, 2, 1].map((day) =>
      chat('xabc'[day]!, { updatedAt: `2026-01-0${day}T12:00:00.000Z` }),
    );
    const groups = () => store.groups().map(({ heading, chats }) => [heading, ...chats.map(({ id }) => id)]);

    beforeEach(() => {
      jest.setSystemTime(new Date('2026-01-03T18:00:00.000Z'));
      api.pages = { '': { chats: [c!, b!, a!], next: null } };
      return store.load();
    });

    it('pins a chat at the top, and gives it back to its day', async () => {
      await store.pin(b!);
      expect(groups()).toEqual([
        ['Pinned', 'b'],
        ['Today', 'c'],
        ['Last 7 days', 'a'],
      ]);
      await store.unpin(chat('b', { ...b, pinned: true }));
      expect(groups()).toEqual([
        ['Today', 'c'],
        ['Yesterday', 'b'],
        ['Last 7 days', 'a'],
      ]);
      expect(api.told).toEqual(['pin b', 'unpin b']);
    });

    it('takes an archived chat out, and puts it back where it was', async () => {
      await store.archive(b!);
      expect(ids()).toEqual(['c', 'a']);
      // Whatever was loaded meanwhile.
      api.pages = { '': { chats: [c!, a!], next: null } };
      await store.load();
      await store.unarchive({ ...b!, archived: true });
      expect(ids()).toEqual(['c', 'b', 'a']);
    });

    it('shows archived chats apart, and those of a search all together', async () => {
      const archived = { ...b!, archived: true };
      api.pages = { archived: { chats: [archived], next: null }, tea: { chats: [c!, archived], next: null } };
      await store.show('archived');
      expect(groups()).toEqual([[null, 'b']]);
      await store.find('tea');
      expect(groups()).toEqual([[null, 'c', 'b']]);
      await store.unarchive(archived);
      expect(groups()).toEqual([[null, 'c', 'b']]);
      expect(store.chats()[1]?.archived).toBe(false);
    });

    it('deletes a chat, and puts it back where it was', async () => {
      const deleted = store.delete(b!);
      expect(ids()).toEqual(['c', 'a']);
      await deleted;
      // An answer from before the deletion does not bring it back.
      await store.load();
      expect(ids()).toEqual(['c', 'a']);
      api.pages = { '': { chats: [c!, a!], next: null } };
      await store.load();
      await store.restore(b!);
      expect(ids()).toEqual(['c', 'b', 'a']);
      expect(api.told).toEqual(['delete b', 'restore b']);
    });

    it.each(['pin', 'archive', 'delete'] as const)(
      'has everything as it was when %s is refused',
      async (action) => {
        const before = groups();
        api.refusal = new Failure('UNREACHABLE', 'gone');
        const refused = store[action](b!);
        expect(groups()).not.toEqual(before);
        await expect(refused).rejects.toBe(api.refusal);
        expect(groups()).toEqual(before);
      },
    );

    it('does not bring back what could not be restored', async () => {
      await store.delete(b!);
      api.refusal = new Failure('NOT_FOUND', 'too late');
      await expect(store.restore(b!)).rejects.toBe(api.refusal);
      expect(ids()).toEqual(['c', 'a']);
    });
  });
});
