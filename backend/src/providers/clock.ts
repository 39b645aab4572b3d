/** The longest delay that Node's timers take, in milliseconds (about 25 days). */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Time as the providers need it; it comes in through constructors, so tests drive it by hand. */
export abstract class Clock {
  /** Milliseconds that only ever rise; good for differences alone. */
  abstract now(): number;
  /** Calls back once after `ms` milliseconds. The returned function cancels, at any time and any number of times. */
  abstract after(ms: number, callback: () => void): () => void;
}

export class SystemClock extends Clock {
  now(): number {
    return performance.now();
  }

  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_DELAY_MS));
    return () => clearTimeout(timer);
  }
}

/** Resolves after `ms` milliseconds; rejects with `signal.reason` as soon as the signal aborts. */
export async function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}
