import { execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { print } from 'graphql-sse';
import type { CompiledSelection } from './compiled-selection.js';
import type { Outlet } from './outlet.js';
import { failedResult, publicResult } from './results.js';

/** A comment. The first one makes browsers notice the response; the others keep proxies from closing a quiet one. */
const PING = ':\n\n';
const PING_EVERY_MS = 12_000;
const COMPLETE = print({ event: 'complete', data: null });
const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

type Part = IteratorResult<string, undefined>;

/**
 * A subscription on a connection of its own, in the words of graphql-sse's protocol. It goes straight from an event to
 * its frame, and takes the next event only when asked for the next frame, so a reader that stops reading leaves its
 * events in the token stream, where they cost nothing. An error becomes the last result.
 */
export class SubscriptionBody implements AsyncGenerator<string, undefined, undefined> {
  readonly #events: AsyncIterator<unknown>;
  #pings?: NodeJS.Timeout;
  #ended = false;

  constructor(
    events: AsyncIterable<unknown>,
    private readonly args: ExecutionArgs,
    private readonly selection: CompiledSelection,
    private readonly outlet: Outlet,
  ) {
    this.#events = events[Symbol.asyncIterator]();
  }

  next(): Promise<Part> {
    if (this.#ended) return Promise.resolve(END);
    if (this.#pings) return this.#events.next().then(this.#frame, this.#failure);
    this.#pings = setInterval(() => this.outlet.ping(PING), PING_EVERY_MS);
    return Promise.resolve(part(PING));
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#end();
    await this.#events.return?.();
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

  readonly #frame = ({ done, value }: IteratorResult<unknown, unknown>): Part | Promise<Part> => {
    if (this.#ended) return END;
    if (done) {
      this.#end();
      return part(COMPLETE);
    }
    const json = this.selection.json(value);
    return json === undefined ? this.#execute(value) : part(`event: next\ndata: ${json}\n\n`);
  };

  readonly #failure = async (error: unknown): Promise<Part> => {
    await this.return();
    return part(resultFrame(failedResult(error)) + COMPLETE);
  };

  async #execute(rootValue: unknown): Promise<Part> {
    return part(resultFrame(await execute({ ...this.args, rootValue })));
  }

  #end(): void {
    this.#ended = true;
    clearInterval(this.#pings);
  }
}

/** The whole body of a subscription that could not be opened. */
export function refusedBody(result: ExecutionResult): string {
  return PING + resultFrame(result) + COMPLETE;
}

function part(value: string): IteratorYieldResult<string> {
  return { done: false, value };
}

function resultFrame(result: ExecutionResult): string {
  return print({ event: 'next', data: publicResult(result) });
}
