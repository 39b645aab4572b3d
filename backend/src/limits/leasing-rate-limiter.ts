import { RecentCounters } from './recent-counters.js';
import { RateLimiter, type RateLimitBucket, type RateLimits } from './rate-limiter.js';

/** How far off the limit may be: what processes have taken in advance and not used is lost when the window ends. */
const LEASES_A_WINDOW = 100;
const MAX_LEASE = 10;

interface Lease {
  readonly granted: Promise<void>;
  readonly until: number;
  left: number;
}

/**
 * Takes points from the limiter behind it some in advance, up to a hundredth of what a window has, and spends them one
 * by one: so most requests wait for nobody else. Small limits are counted one by one; several points at once are asked for.
 */
export class LeasingRateLimiter extends RateLimiter {
  readonly #leases: RecentCounters<Lease>;

  /** @param now the time in milliseconds. */
  constructor(
    private readonly limiter: RateLimiter,
    private readonly limits: RateLimits,
    private readonly now: () => number = Date.now,
  ) {
    super();
    this.#leases = new RecentCounters(now);
  }

  override consume(bucket: RateLimitBucket, key: string, points = 1): Promise<void> {
    const size = Math.min(MAX_LEASE, Math.floor(this.limits[bucket].points / LEASES_A_WINDOW));
    if (size < 2 || points !== 1) return this.limiter.consume(bucket, key, points);
    const known = this.#leases.get(bucket, key);
    const lease = known && known.left > 0 ? known : this.#ask(bucket, key, size);
    lease.left -= 1;
    return lease.granted;
  }

  override giveBack(bucket: RateLimitBucket, key: string, points?: number): Promise<void> {
    return this.limiter.giveBack(bucket, key, points);
  }

  #ask(bucket: RateLimitBucket, key: string, size: number): Lease {
    const lease: Lease = {
      granted: this.limiter.consume(bucket, key, size),
      until: this.now() + this.limits[bucket].windowSeconds * 1_000,
      left: size,
    };
    this.#leases.set(bucket, key, lease);
    lease.granted.catch(() => {
      if (this.#leases.get(bucket, key) === lease) this.#leases.delete(bucket, key);
    });
    return lease;
  }
}
