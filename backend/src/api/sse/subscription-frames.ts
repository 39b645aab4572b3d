import { execute, type ExecutionArgs } from 'graphql';
import type { CompiledSelection } from './compiled-selection.js';
import { resultFrame, type Frames } from './frames.js';
import { failedResult } from './results.js';

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

type Part = IteratorResult<string, undefined>;

/**
 * What a subscription sends. It goes straight from an event to its frame, and takes the next event only when asked for
 * the next frame, so a reader that stops reading leaves its events in the token stream, where they cost nothing. An error
 * becomes the last result.
 */
export class SubscriptionFrames implements AsyncIterator<string, undefined, undefined> {
  readonly #events: AsyncIterator<unknown>;
  #ended = false;

  constructor(
    events: AsyncIterable<unknown>,
    private readonly args: ExecutionArgs,
    private readonly selection: CompiledSelection,
    private readonly frames: Frames,
  ) {
    this.#events = events[Symbol.asyncIterator]();
  }

  next(): Promise<Part> {
    if (this.#ended) return Promise.resolve(END);
    return this.#events.next().then(this.#frame, this.#failure);
  }

  /** Offers frames to `take` as they come, while `next` waits, where the source can do so. */
  tap(take: (frame: string) => boolean): void {
    if (!isTappable(this.#events)) return;
    this.#events.tap((event) => {
      const json = this.#ended ? undefined : this.selection.json(event);
      return json !== undefined && take(this.frames.next(json));
    });
  }

  /** Takes effect at once, also while an event is awaited. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#ended = true;
    await this.#events.return?.();
    return END;
  }

  readonly #frame = ({ done, value }: IteratorResult<unknown, unknown>): Part | Promise<Part> => {
    if (this.#ended) return END;
    if (done) {
      this.#ended = true;
      return part(this.frames.complete);
    }
    const json = this.selection.json(value);
    return json === undefined ? this.#execute(value) : part(this.frames.next(json));
  };

  readonly #failure = async (error: unknown): Promise<Part> => {
    await this.return();
    return part(resultFrame(this.frames, failedResult(error)) + this.frames.complete);
  };

  async #execute(rootValue: unknown): Promise<Part> {
    return part(resultFrame(this.frames, await execute({ ...this.args, rootValue })));
  }
}

interface Tappable {
  tap(take: (event: unknown) => boolean): void;
}

function isTappable(events: object): events is Tappable {
  return 'tap' in events;
}

function part(value: string): IteratorYieldResult<string> {
  return { done: false, value };
}
