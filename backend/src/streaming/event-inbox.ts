import { endsReply, gather } from './gather.js';
import type { MessageEvent } from './message-event.js';

interface Waiter {
  readonly resolve: (result: IteratorResult<MessageEvent>) => void;
  readonly reject: (error: unknown) => void;
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * What one reader of a reply has yet to take. A stream puts runs of events in; the reader iterates. While the reader
 * is slow, text gathers into one event, and a restart drops what came before it, so the inbox never holds more than
 * the text of one attempt.
 *
 * `release` is called once, as soon as nothing more can be needed: after a final event, a failure, `return()`, or when
 * `signal` aborts, each also while the reader is waiting (an async generator would not notice before its next event).
 */
export class EventInbox implements AsyncIterableIterator<MessageEvent> {
  readonly #gathered: MessageEvent[] = [];
  readonly #waiters: Waiter[] = [];
  #open = true;
  #failure?: { readonly error: unknown };

  /** @param cursor the last sequence number that the reader has. */
  constructor(
    private cursor: number,
    private readonly signal: AbortSignal,
    private readonly release: () => void,
  ) {
    if (signal.aborted) this.#open = false;
    else signal.addEventListener('abort', this.#leave, { once: true });
  }

  /** Whether events are still wanted. */
  get open(): boolean {
    return this.#open;
  }

  /** The last sequence number that was put in. */
  get lastSequence(): number {
    return this.cursor;
  }

  /** Puts in a run of events, in order. Those that the reader has are dropped; a final one ends the reading anyway. */
  put(events: readonly MessageEvent[]): void {
    if (!this.#open) return;
    for (const event of events) {
      if (event.sequence <= this.cursor) continue;
      if (event.type === 'restart') this.#gathered.length = 0;
      gather(this.#gathered, event);
      this.cursor = event.sequence;
    }
    if (endsReply(events)) this.#close();
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
    if (this.signal.aborted) this.#leave();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#serve();
    });
  }

  return(): Promise<IteratorResult<MessageEvent>> {
    this.#leave();
    return Promise.resolve(END);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #leave = (): void => {
    this.#gathered.length = 0;
    this.#failure = undefined;
    if (this.#open) this.#close();
    this.#serve();
  };

  #close(): void {
    this.#open = false;
    this.signal.removeEventListener('abort', this.#leave);
    this.release();
  }

  #serve(): void {
    while (this.#waiters.length > 0 && (this.#gathered.length > 0 || !this.#open)) {
      const waiter = this.#waiters.shift();
      const event = this.#gathered.shift();
      const failure = this.#failure;
      if (event) {
        waiter?.resolve({ done: false, value: event });
      } else if (failure) {
        this.#failure = undefined;
        waiter?.reject(failure.error);
      } else {
        waiter?.resolve(END);
      }
    }
  }
}
