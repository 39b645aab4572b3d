import { Injectable, computed, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { Connectivity } from '../browser/connectivity';
import { Failure } from '../graphql/failure';
import { ChatsApi, type ChatSummary, type ListedChat } from './chats-api';

/** How long a deletion can be taken back. */
export const UNDO_MS = 6_000;
/** How often we ask after replies that nobody here follows. */
export const ASK_AFTER_MS = 5_000;

interface Deletion {
  readonly chat: ChatSummary;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** The viewer's chats, last active first, and what is done to them. */
@Injectable({ providedIn: 'root' })
export class ChatsStore {
  readonly #api = inject(ChatsApi);
  readonly #viewer = inject(ViewerStore);
  readonly #chats = signal<readonly ListedChat[]>([]);
  readonly #deletion = signal<Deletion | null>(null);
  readonly #next = signal<string | null>(null);
  readonly #search = signal('');
  readonly #state = signal<'waiting' | 'loading' | 'ready' | 'failed'>('waiting');
  #request = 0;
  #followed: string | null = null;
  #asking: ReturnType<typeof setTimeout> | undefined;

  readonly chats = computed(() => this.#chats().filter(({ id }) => id !== this.#deletion()?.chat.id));
  readonly hasMore = computed(() => this.#next() !== null);
  readonly search = this.#search.asReadonly();
  readonly state = this.#state.asReadonly();

  constructor() {
    // What is on its way out must not depend on the page living six seconds longer.
    inject(Connectivity).hidden.subscribe(() => void this.flush());
  }

  /** The list from its beginning; who is nobody yet has none and need not ask. */
  async load(): Promise<void> {
    if (!this.#viewer.signedIn()) {
      this.#state.set('ready');
      return;
    }
    const request = ++this.#request;
    if (this.#state() !== 'ready') this.#state.set('loading');
    try {
      const page = await this.#api.list(this.#search(), null);
      if (request !== this.#request) return;
      this.#chats.set(page.chats);
      this.#next.set(page.next);
      this.#state.set('ready');
      this.#askAfterOthers();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (request === this.#request) this.#state.set('failed');
    }
  }

  async loadMore(): Promise<void> {
    const after = this.#next();
    if (after === null) return;
    const request = ++this.#request;
    const page = await this.#api.list(this.#search(), after);
    if (request !== this.#request) return;
    this.#chats.update((chats) => [
      ...chats,
      ...page.chats.filter(({ id }) => !chats.some((chat) => chat.id === id)),
    ]);
    this.#next.set(page.next);
  }

  find(text: string): Promise<void> {
    this.#search.set(text.trim());
    return this.load();
  }

  /** A reply began in this chat: it goes to the top, with the running dot. What was found stays as it is. */
  noteStarted(chat: ChatSummary): void {
    if (this.#search() !== '') this.#replace(chat.id, ({ hit }) => ({ ...chat, hit }));
    else this.#chats.update((chats) => [chat, ...chats.filter(({ id }) => id !== chat.id)]);
  }

  /** The chat's reply has ended. */
  noteEnded(chatId: string): void {
    this.#replace(chatId, (chat) => ({ ...chat, activeSession: null }));
  }

  /** This chat's reply is followed here, so its end will be noted; the others have to be asked after. */
  noteFollowed(chatId: string | null): void {
    this.#followed = chatId;
    this.#askAfterOthers();
  }

  /** The new name stands at once; the old one comes back when the server refuses it. */
  async rename(chat: ChatSummary, title: string): Promise<void> {
    this.#replace(chat.id, (known) => ({ ...known, title }));
    try {
      await this.#api.rename(chat.id, title);
    } catch (error) {
      this.#replace(chat.id, (known) => ({ ...known, title: chat.title }));
      throw error;
    }
  }

  /** Takes the chat out of the list now and off the server when nobody has said "undo". */
  delete(chat: ChatSummary): void {
    void this.flush();
    this.#deletion.set({ chat, timer: setTimeout(() => void this.flush(), UNDO_MS) });
  }

  undoDelete(id: string): void {
    const deletion = this.#deletion();
    if (deletion?.chat.id !== id) return;
    clearTimeout(deletion.timer);
    this.#deletion.set(null);
  }

  /** Ends the time for "undo". */
  async flush(): Promise<void> {
    const deletion = this.#deletion();
    if (!deletion) return;
    clearTimeout(deletion.timer);
    this.#deletion.set(null);
    this.#chats.update((chats) => chats.filter(({ id }) => id !== deletion.chat.id));
    try {
      await this.#api.delete(deletion.chat.id);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // It is still there, so the list must not say otherwise.
      await this.load();
    }
  }

  #askAfterOthers(): void {
    clearTimeout(this.#asking);
    const waiting = this.#chats().some((chat) => chat.activeSession && chat.id !== this.#followed);
    if (waiting) this.#asking = setTimeout(() => void this.#askAfter(), ASK_AFTER_MS);
  }

  /** Only the dots change: whoever reads the list must not lose their place in it. */
  async #askAfter(): Promise<void> {
    try {
      const { chats } = await this.#api.list(this.#search(), null);
      const running = new Map(chats.map((chat) => [chat.id, chat.activeSession]));
      this.#chats.update((known) =>
        known.map((chat) => ({ ...chat, activeSession: running.get(chat.id) ?? null })),
      );
    } catch (error) {
      // The dots stay as they are until the server can be reached again.
      if (!(error instanceof Failure)) throw error;
    }
    this.#askAfterOthers();
  }

  #replace(id: string, change: (chat: ListedChat) => ListedChat): void {
    this.#chats.update((chats) => chats.map((chat) => (chat.id === id ? change(chat) : chat)));
  }
}
