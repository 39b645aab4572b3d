import type { MessageEvent } from '../streaming/message-event.js';
import type { Reading } from '../streaming/token-stream.js';

type Result = IteratorResult<MessageEvent, unknown>;

/**
 * A reading whose end is told, once, however it comes. No generator around it: that would cost each token several turns,
 * and hold back a `return()` until the next one.
 */
export class WatchedReading implements Reading {
  #open = true;

  constructor(
    private readonly events: Reading,
    private readonly ended: () => void,
  ) {}

  next(): Promise<Result> {
    const next = this.events.next();
    next.then(this.#look, this.#end);
    return next;
  }

  tap(take: (event: MessageEvent) => boolean): void {
    this.events.tap(take);
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
    if (this.#open) this.ended();
    this.#open = false;
  };
}
