import { isNativeError } from 'node:util/types';
import type { VendorFailure } from './vendor-failure.js';

/** The chain of causes ends soon in every honest error; a ring of causes must not hang us. */
const DEEPEST_CAUSE = 5;

/**
 * What a failure below HTTP means: a refused connection, a reset, a body that breaks off, bytes that no decoder
 * takes. Node's codes: https://nodejs.org/api/errors.html#nodejs-error-codes, and undici's
 * https://undici.nodejs.org/#/docs/api/Errors. Undefined for an error that no transport throws.
 */
export function transportFailure(error: unknown): VendorFailure | undefined {
  let cause = error;
  for (let depth = 0; isNativeError(cause) && depth < DEEPEST_CAUSE; depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/.test(code)) return 'timed-out';
    if (/^(UND_ERR_|HPE_|(?!ERR_)E[A-Z_]+$)/.test(code)) return 'unreachable';
    // What zlib and brotli say of a broken body, and what JSON.parse says of a broken event.
    if (/^(Z_|ERR_BROTLI|ERR__)/.test(code) || cause.name === 'SyntaxError') return 'unreadable';
    cause = cause.cause;
  }
  // A field of the vendor's event was not there, or not what the vendor documents.
  return isNativeError(error) && error.name === 'TypeError' ? 'unreadable' : undefined;
}
