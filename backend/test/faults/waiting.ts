import { setTimeout as delay } from 'node:timers/promises';

const DEADLINE_MS = 60_000;
const INTERVAL_MS = 20;

/** Waits until `probe` gives something true, and returns it. Fails with what it gave last when that takes too long. */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  deadlineMs = DEADLINE_MS,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`${what}: still ${String(value)} after ${deadlineMs} ms`);
    await delay(INTERVAL_MS);
  }
}

/** The outcome of `promise`; fails with `what` where that takes too long. */
export async function within<T>(what: string, promise: Promise<T>, deadlineMs = DEADLINE_MS): Promise<T> {
  const left = new AbortController();
  const late = delay(deadlineMs, undefined, { signal: left.signal }).then(() => {
    throw new Error(`${what}: not within ${deadlineMs} ms`);
  });
  // Whoever came in time leaves the timer behind.
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    left.abort();
  }
}
