import { Injectable } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { networkOf } from '../limits/network-of.js';
import { RateLimiter } from '../limits/rate-limiter.js';
import type { Visitor } from './doorkeeper.service.js';

/** What an attempt fails with that told something about an account: a password was wrong, an address is taken. */
const TELLING: readonly ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'CONFLICT'];

/** Bounds how much somebody may find out by trying: of one account, and from one address. Only what fails counts. */
@Injectable()
export class SignInThrottle {
  constructor(private readonly limiter: RateLimiter) {}

  /** RATE_LIMITED where there were too many failures; then nothing is tried. */
  async attempt<T>({ address }: Visitor, account: string | undefined, tryIt: () => Promise<T>): Promise<T> {
    const network = networkOf(address);
    // Counted before it is tried, so that of many at once no more get through.
    await this.limiter.consume('sign-in-address', network);
    if (account !== undefined) await this.limiter.consume('sign-in-account', account);
    let counts = false;
    try {
      return await tryIt();
    } catch (error) {
      counts = error instanceof AppError && TELLING.includes(error.code);
      throw error;
    } finally {
      if (!counts) await this.giveBack(network, account);
    }
  }

  private async giveBack(network: string, account: string | undefined): Promise<void> {
    await this.limiter.giveBack('sign-in-address', network);
    if (account !== undefined) await this.limiter.giveBack('sign-in-account', account);
  }
}
