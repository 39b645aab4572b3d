import type { ExecutionResult } from 'graphql';
import { failedResult } from './results.js';

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * The results of a running subscription as graphql-sse, which pulls and buffers without bound, is to have them: the
 * next one is taken from its source only when the client has taken what came before. So a reader that stops reading
 * leaves its events in the token stream, where they cost nothing.
 *
 * An error becomes the last result; thrown on, it would only cut the connection. All three methods of a generator are
 * there, because graphql-sse returns nothing else when the client leaves.
 */
export class PacedResults implements AsyncIterableIterator<ExecutionResult, undefined> {
  readonly #source: AsyncIterator<ExecutionResult>;
  #ended = false;

  /** @param room undefined where the client takes more; otherwise waits until it may. */
  constructor(
    results: AsyncIterable<ExecutionResult>,
    private readonly room: () => Promise<void> | undefined,
  ) {
    this.#source = results[Symbol.asyncIterator]();
  }

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    try {
      for (let room = this.room(); room && !this.#ended; room = this.room()) await room;
      if (this.#ended) return END;
      return (await this.#source.next()) as IteratorResult<ExecutionResult, undefined>;
    } catch (error) {
      await this.return();
      return { done: false, value: failedResult(error) };
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#ended = true;
    await this.#source.return?.();
    return END;
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
