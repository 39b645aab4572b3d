/** At most `points` in a window of `windowSeconds` that begins with a key's first one; 0 points: no limit. */
export interface RateLimit {
  readonly points: number;
  readonly windowSeconds: number;
}

/** What is counted apart from everything else: requests by who sends them, and failed sign-ins. */
export type RateLimitBucket = 'address' | 'user' | 'token' | 'sign-in-account' | 'sign-in-address';

export type RateLimits = Readonly<Record<RateLimitBucket, RateLimit>>;

/**
 * How often somebody may do something, over all processes of the installation. It never fails and never keeps anybody
 * waiting: while the processes cannot meet, each counts for itself.
 */
export abstract class RateLimiter {
  /**
   * Counts `points` for `key`. Rejects with RATE_LIMITED, which says when to come back, where that is more than the
   * bucket allows. What is refused is counted too, and makes nobody wait longer.
   */
  abstract consume(bucket: RateLimitBucket, key: string, points?: number): Promise<void>;
  /** Takes back what was consumed: an attempt that is counted before it is made may turn out not to count. */
  abstract giveBack(bucket: RateLimitBucket, key: string, points?: number): Promise<void>;
}
