import type { CallWatchdog } from './call-watchdog.js';
import type { GenerationChunk } from './provider-adapter.js';

/** One call to a vendor, which ends when its watchdog says so, whatever the vendor's SDK does about it. */
export class GuardedCall {
  readonly #chunks: AsyncIterator<GenerationChunk, unknown>;
  readonly #end = () => this.#reject(this.watchdog.signal.reason as Error);
  #reject: (reason: Error) => void = () => undefined;
  #finished = false;

  constructor(
    private readonly watchdog: CallWatchdog,
    open: (signal: AbortSignal) => AsyncIterable<GenerationChunk>,
  ) {
    this.#chunks = open(watchdog.signal)[Symbol.asyncIterator]();
    // One listener a call, and none a chunk: they are dear.
    watchdog.signal.addEventListener('abort', this.#end, { once: true });
  }

  /** The next chunk; undefined at the end. Rejects with the signal's reason as soon as that aborts. */
  async next(): Promise<GenerationChunk | undefined> {
    this.watchdog.waiting();
    const { done, value } = await new Promise<IteratorResult<GenerationChunk, unknown>>((resolve, reject) => {
      this.#reject = reject;
      if (this.watchdog.signal.aborted) return this.#end();
      this.#chunks.next().then(resolve, reject);
    });
    this.watchdog.answered();
    if (done) return undefined;
    if (value.type === 'text' || value.type === 'reasoning') this.watchdog.tokensBegan();
    this.#finished = value.type === 'finish';
    return value;
  }

  /** Ends the call. Nobody waits for what the source does about it: what fails after the end of a reply ends nothing. */
  dispose(): void {
    this.watchdog.signal.removeEventListener('abort', this.#end);
    // A vendor that has said all ends the body by itself, and its connection is there for the next call.
    if (this.#finished) this.watchdog.retire();
    else this.watchdog.dispose();
    void this.#chunks.return?.().catch(() => undefined);
  }
}
