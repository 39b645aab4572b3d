import { beforeEach, describe, expect, it } from '@jest/globals';
import { rateLimited } from './rate-limited.js';
import { RateLimiter } from './rate-limiter.js';
import { RememberingRateLimiter } from './remembering-rate-limiter.js';

/** Refuses for ten seconds, and says how often it was asked. */
class RefusingLimiter extends RateLimiter {
  asked = 0;

  override consume(): Promise<void> {
    this.asked += 1;
    return Promise.reject(rateLimited(10_000));
  }

  override giveBack(): Promise<void> {
    return Promise.resolve();
  }
}

describe(RememberingRateLimiter.name, () => {
  let now: number;
  let behind: RefusingLimiter;
  let limiter: RememberingRateLimiter;

  beforeEach(() => {
    now = 0;
    behind = new RefusingLimiter();
    limiter = new RememberingRateLimiter(behind, () => now);
  });

  const refusedFor = async (key = 'ada') => {
    const error: unknown = await limiter.consume('user', key).catch((reason: unknown) => reason);
    return (error as { retryAfterMs?: number }).retryAfterMs;
  };

  describe('consume', () => {
    it('asks once a second for who is refused, and says how long it is still', async () => {
      expect(await refusedFor()).toBe(10_000);
      now = 999;
      expect(await refusedFor()).toBe(9_001);
      expect(behind.asked).toBe(1);
      now = 1_000;
      await refusedFor();
      expect(behind.asked).toBe(2);
    });

    it('refuses who is remembered before anything else can run', async () => {
      await refusedFor();
      const refused = limiter.consume('user', 'ada');
      await expect(Promise.race([refused, Promise.resolve('something else')])).rejects.toThrow();
    });

    it('takes nobody for somebody else', async () => {
      await refusedFor('ada');
      await refusedFor('grace');
      await limiter.consume('token', 'ada').catch(() => undefined);
      expect(behind.asked).toBe(3);
    });
  });

  describe('giveBack', () => {
    it('forgets the refusal', async () => {
      await refusedFor();
      await limiter.giveBack('user', 'ada');
      await refusedFor();
      expect(behind.asked).toBe(2);
    });
  });
});
