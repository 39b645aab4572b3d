import type { Response } from 'express';
import type { AppConfig } from '../../config/app-config.js';
import { Places } from './places.js';
import { whenClosed } from './when-closed.js';

/** When a stream may have ended, in milliseconds. */
const RETRY_AFTER_MS = 1_000;

/**
 * The places of streams in this process, so many for one user and so many from one address. A stream is cheap, but
 * it holds a connection for as long as its client likes.
 */
export class StreamPlaces {
  readonly #byUser: Places;
  readonly #byAddress: Places;

  constructor({ perUser, perAddress }: AppConfig['streams']) {
    this.#byUser = new Places(boundsOf(perUser));
    this.#byAddress = new Places(boundsOf(perAddress));
  }

  /** Counts a stream until its response closes. RATE_LIMITED where there are too many. */
  admit(userId: string | undefined, address: string, res: Response): void {
    whenClosed(res, this.#byAddress.take(address));
    if (userId !== undefined) whenClosed(res, this.#byUser.take(userId));
  }
}

/** 0: as many as they like. */
function boundsOf(each: number) {
  return { each: each || Infinity, inAll: Infinity, retryAfterMs: RETRY_AFTER_MS };
}
