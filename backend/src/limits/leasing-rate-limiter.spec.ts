import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryRateLimiter } from './in-memory-rate-limiter.js';
import { LeasingRateLimiter } from './leasing-rate-limiter.js';
import type { RateLimitBucket, RateLimits } from './rate-limiter.js';

const NONE = { points: 0, windowSeconds: 60 };
const LIMITS: RateLimits = {
  ...{ address: { points: 600, windowSeconds: 60 }, user: { points: 100, windowSeconds: 60 }, token: NONE },
  ...{ 'sign-in-account': NONE, 'sign-in-address': NONE },
};

/** What all processes share; it says how often it was asked. */
class Shared extends InMemoryRateLimiter {
  asked = 0;

  override consume(bucket: RateLimitBucket, key: string, points?: number): Promise<void> {
    this.asked += 1;
    return super.consume(bucket, key, points);
  }
}

describe(LeasingRateLimiter.name, () => {
  let now: number;
  let shared: Shared;
  const process = () => new LeasingRateLimiter(shared, LIMITS, () => now);

  beforeEach(() => {
    now = 0;
    shared = new Shared(LIMITS);
  });

  /** How many of so many requests get through. */
  async function admitted(
    limiter: LeasingRateLimiter,
    bucket: RateLimitBucket,
    requests: number,
  ): Promise<number> {
    const one = () =>
      limiter.consume(bucket, 'ada').then(
        () => 1,
        () => 0,
      );
    return (await Promise.all(Array.from({ length: requests }, one))).reduce((sum, got) => sum + got, 0);
  }

  it('lets through what the limit allows, and asks for a hundredth of it at once', async () => {
    const limiter = process();
    expect(await admitted(limiter, 'address', 600)).toBe(600);
    expect(shared.asked).toBe(100);
    expect(await admitted(limiter, 'address', 20)).toBe(0);
  });

  it('counts over all processes, give or take what each has in hand', async () => {
    const [one, other] = [process(), process()];
    expect(await admitted(one, 'address', 1)).toBe(1);
    expect(await admitted(other, 'address', 700)).toBe(594);
    expect(await admitted(one, 'address', 700)).toBe(5);
  });

  it('counts a small limit one by one', async () => {
    expect(await admitted(process(), 'user', 150)).toBe(100);
    expect(shared.asked).toBe(150);
  });

  it('keeps nothing in hand longer than a window', async () => {
    const limiter = process();
    await limiter.consume('address', 'ada');
    now = 60_000;
    await limiter.consume('address', 'ada');
    expect(shared.asked).toBe(2);
  });

  it('takes at once what is asked for at once, and gives it back', async () => {
    const limiter = process();
    await limiter.consume('address', 'ada', 600);
    await expect(limiter.consume('address', 'ada')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await limiter.giveBack('address', 'ada', 12);
    expect(await admitted(limiter, 'address', 12)).toBe(6);
  });
});
