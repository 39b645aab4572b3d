import type { CallWatchdog } from './call-watchdog.js';
import type { ChunkSink } from './provider-adapter.js';

/** One call to a vendor, which ends when its watchdog says so, whatever the vendor's SDK does about it. */
export class GuardedCall {
  readonly #outcome = Promise.withResolvers<void>();
  #over = false;
  #finished = false;

  constructor(
    private readonly watchdog: CallWatchdog,
    private readonly sink: ChunkSink,
  ) {}

  /** Whether the vendor has said all. */
  get finished(): boolean {
    return this.#finished;
  }

  /**
   * Resolves with the last chunk, or when the source ends without it; rejects with the signal's reason as soon as that
   * aborts. Nothing is taken after either, and nobody waits for what the source does then.
   */
  async make(open: (take: ChunkSink, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.watchdog;
    const { promise, resolve, reject } = this.#outcome;
    // One listener a call, and none a chunk: they are dear.
    signal.addEventListener('abort', this.#abort, { once: true });
    this.watchdog.waiting();
    open(this.#take, signal).then(resolve, reject);
    try {
      await promise;
    } finally {
      this.#over = true;
      signal.removeEventListener('abort', this.#abort);
      // A vendor that has said all ends the body by itself, and its connection is there for the next call.
      if (this.#finished) this.watchdog.retire();
      else this.watchdog.dispose();
    }
  }

  readonly #take: ChunkSink = (chunk) => {
    if (this.#over) return undefined;
    if (chunk.type === 'text' || chunk.type === 'reasoning') this.watchdog.tokensBegan();
    const room = this.sink(chunk);
    if (chunk.type === 'finish') {
      this.#over = this.#finished = true;
      this.#outcome.resolve();
    } else if (room) {
      // The time that our own side takes is not the vendor's.
      this.watchdog.answered();
      return room.then(this.#wait);
    } else {
      this.#wait();
    }
    return room;
  };

  readonly #wait = (): void => {
    if (!this.#over) this.watchdog.waiting();
  };

  readonly #abort = (): void => {
    this.#over = true;
    this.#outcome.reject(this.watchdog.signal.reason);
  };
}
