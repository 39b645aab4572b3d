import { Injectable, computed, inject, signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { ViewerStore } from '../account/viewer-store';
import { KeptData } from '../browser/kept-data';
import { WALL_CLOCK } from '../browser/wall-clock';
import { Failure } from '../graphql/failure';
import { groupsOf, inOrder, type ChatGroup } from './chat-groups';
import { ChatsApi, type ChatSummary, type ChatsView, type ListedChat } from './chats-api';

const KEPT = 'chats';
const MOST_KEPT = 50;

/** The viewer's chats, last active first, and what is done to them. */
@Injectable({ providedIn: 'root' })
export class ChatsStore {
  readonly #api = inject(ChatsApi);
  readonly #now = inject(WALL_CLOCK);
  readonly #viewer = inject(ViewerStore);
  readonly #kept = inject(KeptData);
  readonly #known = signal<readonly ListedChat[]>([]);
  /** They stay known, so that one that is restored is where it was. */
  readonly #deleted = signal<ReadonlySet<string>>(new Set());
  readonly #next = signal<string | null>(null);
  readonly #search = signal('');
  readonly #view = signal<ChatsView>('current');
  readonly #state = signal<'waiting' | 'loading' | 'ready' | 'failed'>('waiting');
  #request = 0;
  /** By id, what was heard since the list was asked for. */
  readonly #news = new Map<string, ChatSummary>();
  #loadingMore: Promise<void> | null = null;

  readonly search = this.#search.asReadonly();
  readonly view = this.#view.asReadonly();
  readonly state = this.#state.asReadonly();
  /** Where more of the list begins; `null`: this is all of it. */
  readonly next = this.#next.asReadonly();
  readonly chats = computed(() => {
    const archived = this.#view() === 'archived';
    const deleted = this.#deleted();
    return this.#known().filter(
      (chat) => !deleted.has(chat.id) && (this.#search() !== '' || chat.archived === archived),
    );
  });
  readonly groups = computed((): readonly ChatGroup[] => {
    const chats = this.chats();
    if (this.#search() === '' && this.#view() === 'current') return groupsOf(chats, new Date(this.#now()));
    return chats.length === 0 ? [] : [{ heading: null, chats }];
  });

  constructor() {
    // The first page as it is now, and not as it once arrived.
    const first = computed(() =>
      this.#state() === 'ready' && this.#view() === 'current' && this.#search() === ''
        ? this.chats().slice(0, MOST_KEPT)
        : null,
    );
    toObservable(first).subscribe((chats) => chats && void this.#kept.keep(KEPT, chats));
  }

  /** The list from its beginning; who is nobody yet has none and need not ask. */
  async load(): Promise<void> {
    if (this.#viewer.away()) return this.showKept();
    if (!this.#viewer.signedIn()) {
      this.#known.set([]);
      this.#state.set('ready');
      return;
    }
    const request = ++this.#request;
    this.#news.clear();
    if (this.#state() !== 'ready') this.#state.set('loading');
    try {
      const page = await this.#list(null);
      if (request !== this.#request) return;
      this.#known.set(inOrder(page.chats));
      this.#next.set(page.next);
      this.#state.set('ready');
      for (const chat of [...this.#news.values()]) this.#noteUnlessOlder(chat);
      this.#forgetDeleted();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (request === this.#request) this.#state.set('failed');
    }
  }

  /** What was here last, for when the server cannot be reached. What nobody kept cannot be found. */
  async showKept(): Promise<void> {
    const request = ++this.#request;
    const chats = await this.#kept.read<readonly ListedChat[]>(KEPT);
    if (request !== this.#request || chats === null) return;
    const words = this.#search().toLowerCase();
    this.#known.set(
      chats
        .filter(({ title }) => title.toLowerCase().includes(words))
        .map((chat) => ({ ...chat, activeSession: null })),
    );
    this.#next.set(null);
    this.#state.set('ready');
  }

  /** Whoever asks while more is on its way waits for the same. */
  async loadMore(): Promise<void> {
    this.#loadingMore ??= this.#loadMore().finally(() => (this.#loadingMore = null));
    await this.#loadingMore;
  }

  find(text: string): Promise<void> {
    this.#search.set(text.trim());
    return this.load();
  }

  show(view: ChatsView): Promise<void> {
    this.#view.set(view);
    this.#known.set([]);
    this.#next.set(null);
    this.#state.set('loading');
    return this.load();
  }

  /**
   * A reply began in this chat: it goes to the top, with the running dot. What was found stays as it is. The news of it may
   * have come before the answer that says so, and those of its end as well.
   */
  noteStarted(chat: ChatSummary): void {
    const heard = this.#heard(chat.id);
    if (!heard || isOlder(heard, chat)) this.noteChanged(chat);
  }

  /** The chat's reply has ended. */
  noteEnded(chatId: string): void {
    this.#replace(chatId, (chat) => ({ ...chat, activeSession: null }));
  }

  /** What happened to a chat, here or elsewhere. */
  noteChanged(chat: ChatSummary): void {
    this.#news.set(chat.id, chat);
    this.#undelete(chat.id);
    if (this.#known().some(({ id }) => id === chat.id)) {
      this.#replace(chat.id, ({ hit }) => ({ ...chat, hit }));
      if (this.#search() === '') this.#known.update(inOrder);
    } else if (this.#search() === '' && this.#reaches(chat)) {
      this.#known.update((chats) => inOrder([...chats, chat]));
    }
  }

  /** A chat was deleted, here or elsewhere. */
  noteDeleted(chatId: string): void {
    this.#news.delete(chatId);
    this.#deleted.update((ids) => new Set([...ids, chatId]));
    void this.#kept.forget(keyOfChat(chatId));
  }

  /** Whether a reply has ended in this chat that nobody has seen, as far as was heard. */
  isUnread(chatId: string): boolean {
    return this.#heard(chatId)?.unread ?? false;
  }

  /** What has ended in this chat was seen. Should the server not hear of it, the next one to look says so. */
  async markRead(chatId: string): Promise<void> {
    this.#replace(chatId, (chat) => ({ ...chat, unread: false }));
    const news = this.#news.get(chatId);
    if (news) this.#news.set(chatId, { ...news, unread: false });
    try {
      await this.#api.markRead(chatId);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }

  async rename(chat: ListedChat, title: string): Promise<void> {
    await this.#change({ ...chat, title }, chat, () => this.#api.rename(chat.id, title));
  }

  async pin(chat: ListedChat): Promise<void> {
    await this.#change({ ...chat, pinned: true }, chat, () => this.#api.pin(chat.id));
  }

  async unpin(chat: ListedChat): Promise<void> {
    await this.#change({ ...chat, pinned: false }, chat, () => this.#api.unpin(chat.id));
  }

  async archive(chat: ListedChat): Promise<void> {
    await this.#change({ ...chat, archived: true }, chat, () => this.#api.archive(chat.id));
  }

  async unarchive(chat: ListedChat): Promise<void> {
    await this.#change({ ...chat, archived: false }, chat, () => this.#api.unarchive(chat.id));
  }

  async delete({ id }: ListedChat): Promise<void> {
    this.noteDeleted(id);
    try {
      await this.#api.delete(id);
    } catch (error) {
      this.#undelete(id);
      throw error;
    }
  }

  async restore(chat: ListedChat): Promise<void> {
    await this.#api.restore(chat.id);
    this.#undelete(chat.id);
    this.#put(chat);
  }

  /** The change stands at once; what was stands again when the server refuses it. */
  async #change(after: ListedChat, before: ListedChat, told: () => Promise<void>): Promise<void> {
    this.#put(after);
    try {
      await told();
    } catch (error) {
      this.#put(before);
      throw error;
    }
  }

  /** In the place of what was known of it; the list may have been loaded anew since. */
  #put(chat: ListedChat): void {
    if (this.#known().some(({ id }) => id === chat.id)) this.#replace(chat.id, () => chat);
    else if (this.#search() === '') this.#known.update((chats) => inOrder([...chats, chat]));
  }

  #undelete(chatId: string): void {
    this.#deleted.update((ids) => new Set([...ids].filter((id) => id !== chatId)));
  }

  async #loadMore(): Promise<void> {
    const after = this.#next();
    if (after === null) return;
    const request = this.#request;
    const page = await this.#list(after);
    if (request !== this.#request) return;
    this.#known.update((chats) => inOrder([...chats, ...page.chats]));
    this.#next.set(page.next);
  }

  /** What was heard since the list was asked for, which may be the newer one as well. */
  #noteUnlessOlder(chat: ChatSummary): void {
    const listed = this.#known().find(({ id }) => id === chat.id);
    if (listed && isOlder(chat, listed)) this.#news.delete(chat.id);
    else this.noteChanged(chat);
  }

  /** A chat may have been deleted elsewhere while nobody was here; when this is the whole list, it shows. */
  #forgetDeleted(): void {
    if (this.#next() !== null || this.#search() !== '' || this.#view() !== 'current') return;
    void this.#kept.forgetOthers(
      keyOfChat(''),
      this.#known().map(({ id }) => keyOfChat(id)),
    );
  }

  /** The chat as it was last told of. */
  #heard(chatId: string): ChatSummary | undefined {
    return this.#news.get(chatId) ?? this.#known().find(({ id }) => id === chatId);
  }

  #list(after: string | null) {
    return this.#api.list({ view: this.#view(), search: this.#search(), after });
  }

  /** Whether the list is loaded to where this chat stands. */
  #reaches({ pinned, updatedAt }: ChatSummary): boolean {
    return this.#next() === null || pinned || this.#known().some((known) => known.updatedAt < updatedAt);
  }

  #replace(id: string, change: (chat: ListedChat) => ListedChat): void {
    this.#known.update((chats) => chats.map((chat) => (chat.id === id ? change(chat) : chat)));
  }
}

/** Where an opened chat is kept on the device. */
export function keyOfChat(chatId: string): string {
  return `chat.${chatId}`;
}

/** Whether a reply has begun or ended in the chat between the two. */
function isOlder(former: ChatSummary, chat: ChatSummary): boolean {
  return Date.parse(former.updatedAt) < Date.parse(chat.updatedAt);
}
