import { PING, PING_EVERY_MS } from './frames.js';
import type { Outlet } from './outlet.js';

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

type Part = IteratorResult<string, undefined>;

/** The frames of a stream. */
export interface FrameSource extends Required<
  Pick<AsyncIterator<string, undefined, undefined>, 'next' | 'return'>
> {
  /** Offers frames to `take` while `next` waits; those that it returns true for are taken. */
  tap?(take: (frame: string) => boolean): void;
}

/**
 * A stream as graphql-sse wants it: a comment, then the frames of its source, and pings while that is quiet. All methods
 * of a generator are there, because nothing else counts as a body.
 */
export class StreamBody implements AsyncGenerator<string, undefined, undefined> {
  #pings?: NodeJS.Timeout;
  #ended = false;

  constructor(
    private readonly frames: FrameSource,
    private readonly outlet: Outlet,
  ) {}

  next(): Promise<Part> {
    if (this.#ended) return Promise.resolve(END);
    if (this.#pings) return this.frames.next();
    this.#pings = setInterval(() => this.outlet.offer(PING), PING_EVERY_MS);
    this.frames.tap?.((frame) => this.outlet.offer(frame));
    return Promise.resolve({ done: false, value: PING });
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#ended = true;
    clearInterval(this.#pings);
    await this.frames.return();
    return END;
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
