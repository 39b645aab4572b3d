import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RateLimitBucket, RateLimiter, RateLimits } from './rate-limiter.js';

const WINDOW_SECONDS = 60;

/** What the limiters under test allow. */
export const LIMITS: RateLimits = {
  address: { points: 5, windowSeconds: WINDOW_SECONDS },
  user: { points: 3, windowSeconds: WINDOW_SECONDS },
  token: { points: 0, windowSeconds: WINDOW_SECONDS },
  'sign-in-account': { points: 2, windowSeconds: 15 * WINDOW_SECONDS },
  'sign-in-address': { points: 10, windowSeconds: 15 * WINDOW_SECONDS },
};

export interface RateLimiterFixture {
  readonly limiter: RateLimiter;
  /** Brings about that the window of a key, begun now, is over. */
  outlive(bucket: RateLimitBucket, key: string): void | Promise<void>;
  close(): void | Promise<void>;
}

/** What every rate limiter does, wherever it counts. */
export function describeRateLimiter(name: string, open: () => Promise<RateLimiterFixture>): void {
  describe(name, () => {
    let fixture: RateLimiterFixture;
    let limiter: RateLimiter;
    let key: string;

    beforeAll(async () => {
      fixture = await open();
      limiter = fixture.limiter;
    });
    afterAll(() => fixture.close());
    beforeEach(() => {
      key = randomUUID();
    });

    const consumeAll = async (bucket: RateLimitBucket) => {
      for (let i = 0; i < LIMITS[bucket].points; i++) await limiter.consume(bucket, key);
    };

    it('lets through what the bucket allows, and says when to come back after that', async () => {
      await consumeAll('user');
      const error: unknown = await limiter.consume('user', key).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
      const { retryAfterMs } = error as { retryAfterMs: number };
      expect(retryAfterMs).toBeGreaterThan(WINDOW_SECONDS * 900);
      expect(retryAfterMs).toBeLessThanOrEqual(WINDOW_SECONDS * 1000);
    });

    it('lets through exactly that of what comes at once', async () => {
      const attempts = Array.from({ length: 50 }, () => limiter.consume('address', key));
      const results = await Promise.allSettled(attempts);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(LIMITS.address.points);
    });

    it('counts each key and each bucket apart', async () => {
      await consumeAll('user');
      await limiter.consume('user', randomUUID());
      await limiter.consume('address', key);
    });

    it('counts several points at once', async () => {
      await limiter.consume('address', key, 3);
      await expect(limiter.consume('address', key, 3)).rejects.toThrow();
    });

    it('lets through again when the window is over, refused attempts or not', async () => {
      await consumeAll('user');
      for (let i = 0; i < 10; i++) await expect(limiter.consume('user', key)).rejects.toThrow();
      await fixture.outlive('user', key);
      await consumeAll('user');
      await expect(limiter.consume('user', key)).rejects.toThrow();
    });

    it('lets through what was given back, also after a refusal', async () => {
      await consumeAll('sign-in-account');
      await limiter.giveBack('sign-in-account', key);
      await limiter.consume('sign-in-account', key);
      await expect(limiter.consume('sign-in-account', key)).rejects.toThrow();
      await limiter.giveBack('sign-in-account', key, 2);
      await limiter.consume('sign-in-account', key);
    });

    it('lets everything through where there is no limit', async () => {
      await Promise.all(Array.from({ length: 100 }, () => limiter.consume('token', key)));
      await limiter.giveBack('token', key);
    });
  });
}
