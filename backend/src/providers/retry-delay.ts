import type { AppError } from '../errors/app-error.js';

/** Attempts after the first one. */
const MAX_RETRIES = 2;
const FIRST_DELAY_MS = 500;
/** Whoever asks us to wait longer is not asked again: the user is told, with the time, and decides. */
const LONGEST_WAIT_MS = 20_000;

/**
 * Milliseconds to wait before attempt number `attempt` + 1, where 0 was the first; undefined: give up.
 * Grows exponentially, with half of it random, so that calls which failed together do not come back together.
 * A vendor's Retry-After is never undercut. `random` is in [0, 1).
 */
export function retryDelayMs(error: AppError, attempt: number, random: number): number | undefined {
  if (!error.retryable || !error.code.startsWith('PROVIDER_') || attempt >= MAX_RETRIES) return undefined;
  const { retryAfterMs = 0 } = error;
  if (retryAfterMs > LONGEST_WAIT_MS) return undefined;
  const backoff = FIRST_DELAY_MS * 2 ** attempt;
  return Math.max(backoff / 2 + (backoff / 2) * random, retryAfterMs);
}
