import { describe, expect, it, jest } from '@jest/globals';
import { InMemoryRateLimiter } from './in-memory-rate-limiter.js';
import { describeRateLimiter, LIMITS } from './rate-limiter.contract.js';
import { RememberingRateLimiter } from './remembering-rate-limiter.js';

jest.useFakeTimers();

describeRateLimiter(InMemoryRateLimiter.name, () =>
  Promise.resolve({
    limiter: new InMemoryRateLimiter(LIMITS),
    outlive: (bucket) => void jest.advanceTimersByTime(LIMITS[bucket].windowSeconds * 1000),
    close: () => undefined,
  }),
);

describeRateLimiter(`${RememberingRateLimiter.name} before it`, () =>
  Promise.resolve({
    limiter: new RememberingRateLimiter(new InMemoryRateLimiter(LIMITS)),
    outlive: (bucket) => void jest.advanceTimersByTime(LIMITS[bucket].windowSeconds * 1000),
    close: () => undefined,
  }),
);

describe(InMemoryRateLimiter.name, () => {
  /** Tries `count` keys that nobody has tried before, once each, and returns how many were let through. */
  const tryKeys = async (limiter: InMemoryRateLimiter, name: string, count: number): Promise<number> => {
    const attempts = Array.from({ length: count }, (_, i) => limiter.consume('user', `${name} ${i}`));
    return (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled').length;
  };

  describe('consume', () => {
    it('limits as a whole who comes from more keys than it can keep', async () => {
      const limiter = new InMemoryRateLimiter(LIMITS, 10);
      expect(await tryKeys(limiter, 'first', 10)).toBe(10);
      // 4096 shared counters of three points each.
      expect(await tryKeys(limiter, 'flood', 50_000)).toBeLessThanOrEqual(4096 * LIMITS.user.points);
    });

    it('lets those that it knows keep counters of their own', async () => {
      const limiter = new InMemoryRateLimiter(LIMITS, 10);
      await limiter.consume('user', 'ada');
      await tryKeys(limiter, 'flood', 50_000);
      await limiter.consume('user', 'ada');
      await limiter.consume('user', 'ada');
      await expect(limiter.consume('user', 'ada')).rejects.toThrow();
    });

    it('has room again when the windows of a flood are over', async () => {
      jest.clearAllTimers();
      const limiter = new InMemoryRateLimiter(LIMITS, 10);
      await tryKeys(limiter, 'flood', 50_000);
      jest.advanceTimersByTime(2 * LIMITS.user.windowSeconds * 1000);
      expect(await tryKeys(limiter, 'next', 10)).toBe(10);
      expect(jest.getTimerCount()).toBe(10);
    });
  });
});
