import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AppError } from '../errors/app-error.js';
import { InMemoryRateLimiter } from '../limits/in-memory-rate-limiter.js';
import { rateLimits } from '../limits/rate-limits.js';
import { SignInThrottle } from './sign-in-throttle.js';

const LIMITS = { addressPerMinute: 0, userPerMinute: 0, tokenPerMinute: 0, signInFailures: 3 };

describe(SignInThrottle.name, () => {
  let throttle: SignInThrottle;
  let tried: number;

  beforeEach(() => {
    jest.useFakeTimers();
    tried = 0;
    throttle = new SignInThrottle(new InMemoryRateLimiter(rateLimits({ rateLimits: LIMITS })));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** How an attempt ended: its result, or the code that it was refused with. */
  async function attempt(
    account: string | undefined,
    tryIt: () => Promise<string>,
    address = '192.0.2.1',
  ): Promise<unknown> {
    const visitor = { viewer: undefined, credential: undefined, address };
    const result = throttle.attempt(visitor, account, () => {
      tried += 1;
      return tryIt();
    });
    return result.catch(({ code }: AppError) => code);
  }

  const wrong = () => Promise.reject(new AppError('UNAUTHENTICATED', 'wrong'));
  const right = () => Promise.resolve('in');

  it('tries nothing after so many failures on an account, from anywhere, until their time is over', async () => {
    for (let i = 0; i < 3; i += 1) {
      expect(await attempt('ada', wrong, `192.0.2.${i}`)).toBe('UNAUTHENTICATED');
    }
    expect(await attempt('ada', right, '192.0.2.9')).toBe('RATE_LIMITED');
    expect(tried).toBe(3);
    expect(await attempt('grace', right)).toBe('in');
    jest.advanceTimersByTime(15 * 60_000);
    expect(await attempt('ada', right)).toBe('in');
  });

  it('lets no more through of many at once', async () => {
    const ends = await Promise.all(Array.from({ length: 10 }, () => attempt('ada', wrong)));
    expect(ends.filter((end) => end === 'UNAUTHENTICATED')).toHaveLength(3);
  });

  it('tries nothing after so many failures from an address, whatever the account', async () => {
    for (let i = 0; i < 15; i += 1) await attempt(i % 2 ? undefined : `user ${i}`, wrong);
    expect(await attempt('ada', right)).toBe('RATE_LIMITED');
    expect(await attempt('ada', right, '192.0.2.2')).toBe('in');
  });

  it('counts neither what succeeds nor what breaks', async () => {
    const broken = () => Promise.reject(new AppError('INTERNAL', 'broken'));
    for (let i = 0; i < 20; i += 1) {
      expect(await attempt('ada', right)).toBe('in');
      expect(await attempt('ada', broken)).toBe('INTERNAL');
    }
  });
});
