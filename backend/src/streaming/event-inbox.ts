import { AppError } from '../errors/app-error.js';
import { gather } from './gather.js';
import { isFinal, type MessageEvent } from './message-event.js';
import type { Reading } from './token-stream.js';

interface Waiter {
  readonly resolve: (result: IteratorResult<MessageEvent>) => void;
  readonly reject: (error: unknown) => void;
}

/** Where the events of one reader come from. */
interface InboxSource {
  /** Puts in what the log has after the inbox' last event: there is room again. */
  refill(): void | Promise<void>;
  /** Called once, as soon as nothing more can be needed: because the reply has ended, or before. */
  release(ended: boolean): void;
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** What a reader may leave untaken, as `weightOf` counts it. Text of two bytes a character then takes 128 kB. */
export const MAX_WEIGHT = 64 * 1024;

/** Characters that a joined piece of text costs beside its own: V8 keeps one node of a rope for each. */
const WEIGHT_OF_A_PIECE = 32;

function weightOf(event: MessageEvent): number {
  return WEIGHT_OF_A_PIECE + ('content' in event ? event.content.length : 0);
}

/**
 * What one reader of a reply has yet to take. A stream puts runs of events in; the reader iterates. While the reader
 * is slow, text gathers into one event, and a restart drops what came before it. An inbox that is full takes nothing
 * more: its reader has fallen behind, and gets the rest from the log as it comes to it. So a reader costs no more than
 * `maxWeight`, or one event, whatever the reply's length.
 *
 * The source is released at a final event, a failure, `return()`, or when `signal` aborts, each also while the reader
 * is waiting (an async generator would not notice before its next event). A `signal` that aborts with an `AppError` says
 * why the reader is sent away: `next()` throws it, once.
 */
export class EventInbox implements Reading {
  readonly #gathered: MessageEvent[] = [];
  readonly #waiters: Waiter[] = [];
  /** Of what has gathered since the inbox was last empty. */
  #weight = 0;
  #open = true;
  #behind = false;
  #left = false;
  #tap?: (event: MessageEvent) => boolean;
  #failure?: { readonly error: unknown };

  /** @param cursor the last sequence number that the reader has. */
  constructor(
    private cursor: number,
    private readonly signal: AbortSignal,
    private readonly source: InboxSource,
    private readonly maxWeight = MAX_WEIGHT,
  ) {
    if (signal.aborted) this.#open = false;
    else signal.addEventListener('abort', this.#leave, { once: true });
  }

  /** Whether events are still wanted. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether the inbox was full when an event came, so that `put` does nothing until the source is asked to refill. */
  get behind(): boolean {
    return this.#behind;
  }

  /** The last sequence number that was put in. */
  get lastSequence(): number {
    return this.cursor;
  }

  /** Puts in a run of events, in order. Those that the reader has are dropped; a final one ends the reading anyway. */
  put(events: Iterable<MessageEvent>): void {
    if (Array.isArray(events) && events.length === 1 && this.#handOver(events[0] as MessageEvent)) return;
    for (const event of events) {
      if (!this.#open || this.#behind) break;
      if (event.sequence > this.cursor) this.#take(event);
      if (isFinal(event) && !this.#behind) this.#close(true);
    }
    this.#serve();
  }

  /** Ends the reading: `next()` throws `error` once what was put in before has been taken. */
  fail(error: unknown): void {
    if (!this.#open) return;
    this.#failure = { error };
    this.#close();
    this.#serve();
  }

  next(): Promise<IteratorResult<MessageEvent>> {
    // Once a final event is in, nobody listens to the signal any more.
    if (this.signal.aborted && !this.#left) this.#leave();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#serve();
    });
  }

  tap(take: (event: MessageEvent) => boolean): void {
    this.#tap = take;
  }

  return(): Promise<IteratorResult<MessageEvent>> {
    this.#leave();
    return Promise.resolve(END);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #leave = (): void => {
    this.#drop();
    this.#failure = this.#left ? undefined : this.#whySentAway();
    this.#left = true;
    if (this.#open) this.#close();
    this.#serve();
  };

  #whySentAway(): { readonly error: AppError } | undefined {
    const { aborted, reason } = this.signal as { aborted: boolean; reason: unknown };
    return aborted && reason instanceof AppError ? { error: reason } : undefined;
  }

  /** Whether the tap took it. Who waits in `next` has all that came before. */
  #handOver(event: MessageEvent): boolean {
    if (!this.#tap || this.#waiters.length === 0 || this.#behind) return false;
    if (!('content' in event) || event.sequence <= this.cursor || !this.#tap(event)) return false;
    this.cursor = event.sequence;
    return true;
  }

  #take(event: MessageEvent): void {
    if (event.type === 'restart') this.#drop();
    const weight = weightOf(event);
    this.#behind = this.#weight > 0 && this.#weight + weight > this.maxWeight;
    if (this.#behind) return;
    gather(this.#gathered, event);
    this.#weight += weight;
    this.cursor = event.sequence;
  }

  #drop(): void {
    this.#gathered.length = 0;
    this.#weight = 0;
  }

  #close(ended = false): void {
    this.#open = false;
    this.signal.removeEventListener('abort', this.#leave);
    this.source.release(ended);
  }

  #serve(): void {
    while (this.#waiters.length > 0 && (this.#gathered.length > 0 || !this.#open)) {
      const waiter = this.#waiters.shift();
      const event = this.#gathered.shift();
      const failure = this.#failure;
      if (this.#gathered.length === 0) this.#weight = 0;
      if (event) {
        waiter?.resolve({ done: false, value: event });
      } else if (failure) {
        this.#failure = undefined;
        waiter?.reject(failure.error);
      } else {
        waiter?.resolve(END);
      }
    }
    // Later, because the source may be in the middle of putting in.
    if (this.#waiters.length > 0 && this.#behind) queueMicrotask(() => void this.#catchUp());
  }

  async #catchUp(): Promise<void> {
    if (this.#waiters.length === 0 || !this.#behind) return;
    const before = this.cursor;
    this.#behind = false;
    await this.source.refill();
    // Something had come after `before`, so a log that has nothing there is not the one that it was.
    if (this.cursor === before)
      this.fail(new Error('the log of a reply was lost before its reader had all of it'));
  }
}
