import { AppError } from '../errors/app-error.js';

/** The refusal of whoever came too often, and may come back after `waitMs`. */
export function rateLimited(waitMs: number): AppError {
  const retryAfterMs = Math.max(1, Math.ceil(waitMs));
  return new AppError('RATE_LIMITED', 'Too many requests in a short time.', { retryAfterMs });
}
