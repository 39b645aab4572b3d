import { describe, expect, it } from '@jest/globals';
import { AppError } from '../errors/app-error.js';
import { retryDelayMs } from './retry-delay.js';

describe(retryDelayMs.name, () => {
  const error = new AppError('PROVIDER_UNAVAILABLE', 'no');

  it.each([
    [0, 0, 250],
    [0, 1, 500],
    [1, 0, 500],
    [1, 1, 1000],
  ])('spreads attempt %i with the random number %i to %i ms', (attempt, random, delay) => {
    expect(retryDelayMs(error, attempt, random)).toBe(delay);
  });

  it('never undercuts what the vendor asks for', () => {
    const limited = new AppError('PROVIDER_RATE_LIMITED', 'no', { retryAfterMs: 300 });

    expect(retryDelayMs(limited, 0, 0)).toBe(300);
    expect(retryDelayMs(limited, 1, 1)).toBe(1000);
  });

  it('repeats no error of our own', () => {
    expect(retryDelayMs(new AppError('INTERNAL', 'no'), 0, 0)).toBeUndefined();
  });
});
