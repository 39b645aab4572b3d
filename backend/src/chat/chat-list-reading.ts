import type { AppError } from '../errors/app-error.js';
import type { ChatRevision, ChatChanges } from './chat-changes.js';
import type { Chat } from './chat.js';
import { cursorOf, isTooOld, type KnownPlace } from './chat-list-cursor.js';

/** What happens in the list of somebody's chats. `cursor`: where to go on from once this is known. */
export type ChatListEvent = { readonly cursor: string } & (
  | { readonly type: 'changed'; readonly chat: Chat }
  | { readonly type: 'deleted'; readonly chatId: string }
  /** What is known may be anything: the list is to be read anew. */
  | { readonly type: 'reset' }
);

type News = ChatRevision | { readonly type: 'reset' };
type Result = IteratorResult<ChatListEvent, undefined>;

/** So many at once are not told one by one. */
const MAX_CHANGES = 200;
const RESET = 'reset';

/**
 * One reader of the changes of a list. Of a chat, the newest state alone waits for a reader that is slow; so what waits is
 * no more than the list, and each reader comes to know the last state of each chat.
 */
export class ChatListReading implements AsyncIterableIterator<ChatListEvent> {
  /** By chat, what is not told yet, in the order of the changes. */
  readonly #waiting = new Map<string, News>();
  /** By chat, the newest that was taken, as far as it may come again. */
  readonly #taken = new Map<string, bigint>();
  /** Where to go on from while something waits: all before was told. */
  #told = '';
  #wake?: () => void;
  #end?: { readonly error?: AppError };

  /** @param known left out: nothing. */
  constructor(
    private known: KnownPlace | undefined,
    private readonly left: () => void,
  ) {}

  /** All changes before this have been taken. */
  get position(): bigint | undefined {
    return this.known?.knownUpTo;
  }

  /** Takes what was found since its position. */
  take({ knownUpTo, at }: ChatChanges, changes: readonly ChatRevision[]): void {
    const { known } = this;
    if (this.#waiting.size === 0) this.#told = cursorOf(known ?? { knownUpTo, at });
    const fresh = changes.filter((change) => this.#isNew(change));
    // A database that is younger than what the reader knows is another one.
    if (!known || known.knownUpTo > knownUpTo || isTooOld(known, at) || fresh.length > MAX_CHANGES) {
      this.#reset({ knownUpTo, at });
    } else {
      for (const change of fresh) this.#put(change);
      this.known = { knownUpTo, at };
    }
    for (const [id, revision] of this.#taken) if (revision < knownUpTo) this.#taken.delete(id);
    this.#wake?.();
  }

  /** Ends the reading with an error. */
  fail(error: AppError): void {
    this.#close({ error });
  }

  async next(): Promise<Result> {
    while (this.#waiting.size === 0 && !this.#end) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#end?.error) throw this.#end.error;
    const [first] = this.#waiting;
    if (this.#end || !first) return { done: true, value: undefined };
    this.#waiting.delete(first[0]);
    const cursor = this.#waiting.size === 0 && this.known ? cursorOf(this.known) : this.#told;
    return { done: false, value: eventOf(first[1], cursor) };
  }

  return(): Promise<Result> {
    this.#close({});
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #isNew(change: ChatRevision): boolean {
    const taken = this.#taken.get(idOf(change));
    return taken === undefined || change.revision > taken;
  }

  #put(change: ChatRevision): void {
    const id = idOf(change);
    this.#taken.set(id, change.revision);
    this.#waiting.delete(id);
    this.#waiting.set(id, change);
  }

  #reset(known: KnownPlace): void {
    this.#waiting.clear();
    this.#taken.clear();
    this.#waiting.set(RESET, { type: 'reset' });
    this.known = known;
  }

  #close(end: { readonly error?: AppError }): void {
    if (this.#end) return;
    this.#end = end;
    this.left();
    this.#wake?.();
  }
}

function idOf(change: ChatRevision): string {
  return change.type === 'changed' ? change.chat.id : change.chatId;
}

function eventOf(news: News, cursor: string): ChatListEvent {
  switch (news.type) {
    case 'changed':
      return { type: 'changed', cursor, chat: news.chat };
    case 'deleted':
      return { type: 'deleted', cursor, chatId: news.chatId };
    case 'reset':
      return { type: 'reset', cursor };
    default:
      return news satisfies never;
  }
}
