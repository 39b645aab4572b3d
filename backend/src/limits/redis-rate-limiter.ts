import { Logger } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisConnections } from '../redis/redis-connections.js';
import { InMemoryRateLimiter } from './in-memory-rate-limiter.js';
import { Outage } from './outage.js';
import { rateLimitKey } from './rate-limit-key.js';
import { rateLimited } from './rate-limited.js';
import { RateLimiter, type RateLimitBucket, type RateLimits } from './rate-limiter.js';

interface Timings {
  /** How long Redis may take; then it counts as away. */
  readonly patienceMs: number;
  /** How often a Redis that is away is tried again. */
  readonly retryMs: number;
  /** The time in milliseconds. */
  readonly now: () => number;
}

const TIMINGS: Timings = { patienceMs: 100, retryMs: 1_000, now: Date.now };

/** The limiter of any number of processes. While Redis is away or slow, this process counts for itself. */
export class RedisRateLimiter extends RateLimiter {
  readonly #logger = new Logger(RedisRateLimiter.name);
  readonly #limiters = new Map<RateLimitBucket, RateLimiterRedis>();
  readonly #meanwhile: RateLimiter;
  readonly #outage: Outage;

  constructor(
    private readonly connections: RedisConnections,
    private readonly limits: RateLimits,
    private readonly timings: Timings = TIMINGS,
  ) {
    super();
    this.#meanwhile = new InMemoryRateLimiter(limits);
    this.#outage = new Outage(timings.retryMs, timings.now);
  }

  override async consume(bucket: RateLimitBucket, key: string, points = 1): Promise<void> {
    if (this.limits[bucket].points === 0) return;
    const counted = await this.#ask(() =>
      this.#limiter(bucket).consume(rateLimitKey(bucket, key), points).catch(refusal),
    );
    if (!counted) return this.#meanwhile.consume(bucket, key, points);
    if (counted.consumedPoints > this.limits[bucket].points) throw rateLimited(counted.msBeforeNext);
  }

  override async giveBack(bucket: RateLimitBucket, key: string, points = 1): Promise<void> {
    if (this.limits[bucket].points === 0) return;
    const counted = await this.#ask(() => this.#limiter(bucket).reward(rateLimitKey(bucket, key), points));
    if (!counted) await this.#meanwhile.giveBack(bucket, key, points);
  }

  /** What Redis counted; undefined where it is away. */
  async #ask(question: () => Promise<RateLimiterRes>): Promise<RateLimiterRes | undefined> {
    if (!this.#outage.shallAsk()) return undefined;
    try {
      const counted = await within(this.timings.patienceMs, question());
      if (this.#outage.answered()) this.#logger.log('Redis counts again');
      return counted;
    } catch (error) {
      // Redis is away, slow or full.
      if (this.#outage.failed()) this.#logger.warn(`counted in this process meanwhile: ${String(error)}`);
      return undefined;
    }
  }

  /** Made on first use, because the connection is. */
  #limiter(bucket: RateLimitBucket): RateLimiterRedis {
    const known = this.#limiters.get(bucket);
    if (known) return known;
    const { points, windowSeconds } = this.limits[bucket];
    const limiter = new RateLimiterRedis({
      storeClient: this.connections.commands,
      points,
      duration: windowSeconds,
      keyPrefix: '',
    });
    this.#limiters.set(bucket, limiter);
    return limiter;
  }
}

/** A refusal is an answer of Redis as well. */
function refusal(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}

/** Settles as `answer` does, or rejects where that takes longer. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(new Error(`no answer within ${ms} ms`));
    // Where this process was busy for so long, the answer may be there and is read first.
    timer = setTimeout(() => setImmediate(giveUp), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
