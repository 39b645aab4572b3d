import { AppError } from '../errors/app-error.js';
import { rateLimited } from './rate-limited.js';
import { RateLimiter, type RateLimitBucket } from './rate-limiter.js';
import { RecentCounters } from './recent-counters.js';

/** How long a refusal is repeated, in milliseconds: another process may have given back meanwhile. */
const REMEMBERED_MS = 1_000;

interface Refusal {
  /** It is remembered so long. */
  readonly until: number;
  readonly refusedUntil: number;
}

/**
 * Remembers for a moment who was refused, and refuses them at once, before anything else can run: a flood asks the
 * limiter behind it once a second.
 */
export class RememberingRateLimiter extends RateLimiter {
  readonly #refusals: RecentCounters<Refusal>;

  /** @param now the time in milliseconds. */
  constructor(
    private readonly limiter: RateLimiter,
    private readonly now: () => number = Date.now,
  ) {
    super();
    this.#refusals = new RecentCounters(now);
  }

  override async consume(bucket: RateLimitBucket, key: string, points?: number): Promise<void> {
    const refusal = this.#refusals.get(bucket, key);
    if (refusal) throw rateLimited(refusal.refusedUntil - this.now());
    try {
      await this.limiter.consume(bucket, key, points);
    } catch (error) {
      if (error instanceof AppError && error.retryAfterMs) this.#remember(bucket, key, error.retryAfterMs);
      throw error;
    }
  }

  override async giveBack(bucket: RateLimitBucket, key: string, points?: number): Promise<void> {
    await this.limiter.giveBack(bucket, key, points);
    this.#refusals.delete(bucket, key);
  }

  #remember(bucket: RateLimitBucket, key: string, waitMs: number): void {
    const now = this.now();
    const until = now + Math.min(waitMs, REMEMBERED_MS);
    this.#refusals.set(bucket, key, { until, refusedUntil: now + waitMs });
  }
}
