import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. It is random, so a plain hash cannot be searched backwards. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
