import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { ViewerStore } from '../account/viewer-store';
import { Failure } from '../graphql/failure';
import { ChatsApi, type ChatSummary, type ChatsPage } from './chats-api';
import { ASK_AFTER_MS, ChatsStore, UNDO_MS } from './chats-store';

const chat = (id: string, about: Partial<ChatSummary> = {}): ChatSummary => ({
  id,
  title: `Chat ${id}`,
  updatedAt: '2026-01-01T00:00:00.000Z',
  activeSession: null,
  ...about,
});

class FakeChatsApi implements Pick<ChatsApi, keyof ChatsApi> {
  pages: Record<string, ChatsPage> = { '': { chats: [chat('a'), chat('b')], next: null } };
  asked: string[] = [];
  deleted: string[] = [];
  refusal: Failure | null = null;

  list(search: string, after: string | null): Promise<ChatsPage> {
    this.asked.push(`${search}|${after ?? ''}`);
    return this.answer(this.pages[after ?? search] ?? { chats: [], next: null });
  }

  rename(id: string, title: string): Promise<ChatSummary> {
    return this.answer(chat(id, { title }));
  }

  delete(id: string): Promise<void> {
    this.deleted.push(id);
    return this.answer(undefined);
  }

  private answer<T>(value: T): Promise<T> {
    return this.refusal ? Promise.reject(this.refusal) : Promise.resolve(value);
  }
}

describe(ChatsStore.name, () => {
  let api: FakeChatsApi;
  let store: ChatsStore;
  const signedIn = signal(true);
  const ids = () => store.chats().map(({ id }) => id);

  beforeEach(() => {
    jest.useFakeTimers();
    signedIn.set(true);
    api = new FakeChatsApi();
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatsApi, useValue: api },
        { provide: ViewerStore, useValue: { signedIn } },
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
    expect(store.hasMore()).toBe(true);
    await store.loadMore();
    expect(ids()).toEqual(['a', 'b', 'c']);
    expect(store.hasMore()).toBe(false);
  });

  it('says when the list could not be loaded', async () => {
    api.refusal = new Failure('UNREACHABLE', 'gone');
    await store.load();
    expect(store.state()).toBe('failed');
  });

  it('shows what was searched for last, whichever answer comes first', async () => {
    api.pages = { tea: { chats: [chat('t')], next: null }, coffee: { chats: [chat('c')], next: null } };
    await Promise.all([store.find('tea'), store.find(' coffee ')]);
    expect(ids()).toEqual(['c']);
  });

  it('takes a chat that is being answered to the top, running', async () => {
    await store.load();
    store.noteStarted(chat('b', { activeSession: { id: 's' } }));
    expect(ids()).toEqual(['b', 'a']);
    store.noteEnded('b');
    expect(store.chats()[0]?.activeSession).toBeNull();
  });

  it('leaves what was found as it is when a reply begins elsewhere', async () => {
    const hit = { messageId: 'm', excerpt: 'green tea' };
    api.pages = { tea: { chats: [chat('s'), { ...chat('t'), hit }], next: null } };
    await store.find('tea');
    store.noteStarted(chat('t', { activeSession: { id: 's' } }));
    store.noteStarted(chat('b', { activeSession: { id: 's' } }));
    expect(store.chats()).toEqual([chat('s'), { ...chat('t', { activeSession: { id: 's' } }), hit }]);
  });

  it('brings the old name back when the new one is refused', async () => {
    await store.load();
    api.refusal = new Failure('UNREACHABLE', 'gone');
    const renamed = store.rename(chat('a'), 'Better');
    expect(store.chats()[0]?.title).toBe('Better');
    await expect(renamed).rejects.toBe(api.refusal);
    expect(store.chats()[0]?.title).toBe('Chat a');
  });

  it('asks after replies that nobody here follows until they have ended', async () => {
    const running = chat('b', { activeSession: { id: 's' } });
    api.pages = { '': { chats: [chat('a'), running], next: null } };
    await store.load();
    await jest.advanceTimersByTimeAsync(ASK_AFTER_MS);
    expect(api.asked).toHaveLength(2);
    api.pages = { '': { chats: [chat('b'), chat('a')], next: null } };
    await jest.advanceTimersByTimeAsync(ASK_AFTER_MS);
    expect(store.chats()).toEqual([chat('a'), chat('b')]);
    await jest.advanceTimersByTimeAsync(10 * ASK_AFTER_MS);
    expect(api.asked).toHaveLength(3);
  });

  it('does not ask after the reply that is followed here', async () => {
    store.noteFollowed('b');
    store.noteStarted(chat('b', { activeSession: { id: 's' } }));
    await jest.advanceTimersByTimeAsync(10 * ASK_AFTER_MS);
    expect(api.asked).toHaveLength(0);
    store.noteFollowed(null);
    await jest.advanceTimersByTimeAsync(ASK_AFTER_MS);
    expect(api.asked).toHaveLength(1);
  });

  describe('delete', () => {
    beforeEach(() => store.load());

    it('hides the chat at once and tells the server when the time for undo is over', async () => {
      store.delete(chat('a'));
      expect(ids()).toEqual(['b']);
      await jest.advanceTimersByTimeAsync(UNDO_MS - 1);
      expect(api.deleted).toEqual([]);
      await jest.advanceTimersByTimeAsync(1);
      expect(api.deleted).toEqual(['a']);
    });

    it('brings it back with undo, where it was', async () => {
      store.delete(chat('a'));
      store.undoDelete('a');
      await jest.advanceTimersByTimeAsync(UNDO_MS);
      expect(ids()).toEqual(['a', 'b']);
      expect(api.deleted).toEqual([]);
    });

    it('does not wait when the page is put away', () => {
      store.delete(chat('a'));
      window.dispatchEvent(new Event('pagehide'));
      expect(api.deleted).toEqual(['a']);
    });

    it('does not wait for the first when a second is deleted', () => {
      store.delete(chat('a'));
      store.delete(chat('b'));
      expect(api.deleted).toEqual(['a']);
      expect(ids()).toEqual([]);
    });

    it('shows the chat again when the server did not delete it', async () => {
      store.delete(chat('a'));
      jest.spyOn(api, 'delete').mockRejectedValueOnce(new Failure('UNREACHABLE', 'gone'));
      await store.flush();
      expect(ids()).toEqual(['a', 'b']);
    });
  });
});
