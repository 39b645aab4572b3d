import { AppError } from '../errors/app-error.js';
import { rateLimited } from './rate-limited.js';
import { RateLimiter, type RateLimitBucket } from './rate-limiter.js';

/** How long a refusal is repeated, in milliseconds: another process may have given back meanwhile. */
const REMEMBERED_MS = 1_000;
const MAX_REMEMBERED = 10_000;

interface Refusal {
  readonly rememberedUntil: number;
  readonly refusedUntil: number;
}

/**
 * Remembers for a moment who was refused, and refuses them at once, before anything else can run: a flood asks the
 * limiter behind it once a second.
 */
export class RememberingRateLimiter extends RateLimiter {
  /** The oldest first. */
  readonly #refusals = new Map<string, Refusal>();

  /** @param now the time in milliseconds. */
  constructor(
    private readonly limiter: RateLimiter,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  override async consume(bucket: RateLimitBucket, key: string, points?: number): Promise<void> {
    const counter = nameOf(bucket, key);
    this.#repeatRefusal(counter);
    try {
      await this.limiter.consume(bucket, key, points);
    } catch (error) {
      if (error instanceof AppError && error.retryAfterMs) this.#remember(counter, error.retryAfterMs);
      throw error;
    }
  }

  override async giveBack(bucket: RateLimitBucket, key: string, points?: number): Promise<void> {
    await this.limiter.giveBack(bucket, key, points);
    this.#refusals.delete(nameOf(bucket, key));
  }

  #repeatRefusal(counter: string): void {
    const refusal = this.#refusals.get(counter);
    if (!refusal) return;
    const now = this.now();
    if (now < refusal.rememberedUntil) throw rateLimited(refusal.refusedUntil - now);
    this.#refusals.delete(counter);
  }

  #remember(counter: string, waitMs: number): void {
    const now = this.now();
    const rememberedUntil = now + Math.min(waitMs, REMEMBERED_MS);
    // Set anew, it moves to the end of the map's order.
    this.#refusals.delete(counter);
    this.#refusals.set(counter, { rememberedUntil, refusedUntil: now + waitMs });
    for (const [oldest, { rememberedUntil }] of this.#refusals) {
      if (now < rememberedUntil && this.#refusals.size <= MAX_REMEMBERED) break;
      this.#refusals.delete(oldest);
    }
  }
}

function nameOf(bucket: RateLimitBucket, key: string): string {
  return `${bucket} ${key}`;
}
