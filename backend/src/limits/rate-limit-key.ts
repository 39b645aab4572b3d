import { hash } from 'node:crypto';
import type { RateLimitBucket } from './rate-limiter.js';

/**
 * The name of a counter in Redis. It is there as long as its window. Who is counted stands in it as a hash, so that
 * whoever looks into Redis does not read addresses; that hides nothing from those who try out all addresses.
 */
export function rateLimitKey(bucket: RateLimitBucket, key: string): string {
  return `rivulet:rate-limit:${bucket}:${hash('sha256', key, 'base64url').slice(0, 22)}`;
}
