import type { RateLimitBucket } from './rate-limiter.js';

const MAX_COUNTERS = 10_000;

/** What this process knows of counters for a while. Where it knows of too many, the ones learnt of first are forgotten. */
export class RecentCounters<T extends { readonly until: number }> {
  /** The oldest first. */
  readonly #known = new Map<string, T>();

  /** @param now the time in milliseconds, as of `until`. */
  constructor(private readonly now: () => number) {}

  /** Undefined where its time is over. */
  get(bucket: RateLimitBucket, key: string): T | undefined {
    const known = this.#known.get(nameOf(bucket, key));
    return known && this.now() < known.until ? known : undefined;
  }

  set(bucket: RateLimitBucket, key: string, value: T): void {
    const name = nameOf(bucket, key);
    // Set anew, it moves to the end of the map's order.
    this.#known.delete(name);
    this.#known.set(name, value);
    for (const [oldest, { until }] of this.#known) {
      if (this.now() < until && this.#known.size <= MAX_COUNTERS) break;
      this.#known.delete(oldest);
    }
  }

  delete(bucket: RateLimitBucket, key: string): void {
    this.#known.delete(nameOf(bucket, key));
  }
}

function nameOf(bucket: RateLimitBucket, key: string): string {
  return `${bucket} ${key}`;
}
