import type { MessageEvent } from '../streaming/message-event.js';

type Result = IteratorResult<MessageEvent, unknown>;

/** What counts open streams. */
interface Count {
  inc(): void;
  dec(): void;
}

/**
 * A reading that is counted until it ends or is returned. No generator around it: that would cost each token several
 * turns, and hold back a `return()` until the next one.
 */
export class CountedReading implements AsyncIterableIterator<MessageEvent> {
  #open = true;

  constructor(
    private readonly events: AsyncIterator<MessageEvent>,
    private readonly count: Count,
  ) {
    count.inc();
  }

  next(): Promise<Result> {
    const next = this.events.next();
    next.then(this.#look, this.#end);
    return next;
  }

  async return(): Promise<Result> {
    this.#end();
    await this.events.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #look = ({ done }: Result): void => {
    if (done) this.#end();
  };

  readonly #end = (): void => {
    if (this.#open) this.count.dec();
    this.#open = false;
  };
}
