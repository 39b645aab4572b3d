import { CountingWindow } from './counting-window.js';
import { rateLimited } from './rate-limited.js';
import { RateLimiter, type RateLimitBucket, type RateLimits } from './rate-limiter.js';

/** How many keys of a bucket have a counter of their own: about 20 MB. */
const MAX_KEYS = 50_000;

/** The limiter of a single process. */
export class InMemoryRateLimiter extends RateLimiter {
  readonly #windows = new Map<RateLimitBucket, CountingWindow>();

  /** @param now the time in milliseconds. */
  constructor(
    private readonly limits: RateLimits,
    private readonly maxKeys: number = MAX_KEYS,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  override async consume(bucket: RateLimitBucket, key: string, points = 1): Promise<void> {
    const waitMs = await this.#window(bucket)?.consume(key, points);
    if (waitMs !== undefined) throw rateLimited(waitMs);
  }

  override async giveBack(bucket: RateLimitBucket, key: string, points = 1): Promise<void> {
    await this.#window(bucket)?.giveBack(key, points);
  }

  /** Undefined where the bucket has no limit. */
  #window(bucket: RateLimitBucket): CountingWindow | undefined {
    const limit = this.limits[bucket];
    if (limit.points === 0) return undefined;
    const known = this.#windows.get(bucket);
    if (known) return known;
    const window = new CountingWindow(limit, this.maxKeys, this.now);
    this.#windows.set(bucket, window);
    return window;
  }
}
