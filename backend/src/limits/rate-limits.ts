import type { AppConfig } from '../config/app-config.js';
import type { RateLimits } from './rate-limiter.js';

const MINUTE = 60;
/** Whoever tries passwords knows many accounts. */
const ACCOUNTS_AN_ADDRESS = 5;

/** The limits of this installation. */
export function rateLimits({ rateLimits }: Pick<AppConfig, 'rateLimits'>): RateLimits {
  const { addressPerMinute, userPerMinute, tokenPerMinute, signInFailures } = rateLimits;
  return {
    address: { points: addressPerMinute, windowSeconds: MINUTE },
    user: { points: userPerMinute, windowSeconds: MINUTE },
    token: { points: tokenPerMinute, windowSeconds: MINUTE },
    'sign-in-account': { points: signInFailures, windowSeconds: 15 * MINUTE },
    'sign-in-address': { points: signInFailures * ACCOUNTS_AN_ADDRESS, windowSeconds: 15 * MINUTE },
  };
}
