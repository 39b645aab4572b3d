import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Viewer } from '../accounts/viewer.js';
import { networkOf } from '../limits/network-of.js';
import { RateLimiter } from '../limits/rate-limiter.js';
import { RequestViewers } from './request-viewers.js';

/**
 * Counts requests by address, user and API token, and refuses those that are too many before anything is read or
 * executed for them.
 */
@Injectable()
export class Admission {
  /** What is counted. Health, metrics and files are not: they cost little, and supervisors must get through. */
  static readonly PATHS = ['/graphql', '/auth', '/billing', '/export', '/attachments'];

  constructor(
    private readonly limiter: RateLimiter,
    private readonly viewers: RequestViewers,
  ) {}

  readonly middleware = (req: Request, _res: Response, next: NextFunction): void => {
    this.#admit(req).then(() => next(), next);
  };

  async #admit(req: Request): Promise<void> {
    const address = this.limiter.consume('address', networkOf(req.ip));
    // Who is known to be refused is refused here, and nobody is looked up for them.
    await Promise.race([address, Promise.resolve()]);
    const viewer = await this.#viewerOf(req);
    await Promise.all([address, ...(viewer ? this.#consumeOf(viewer) : [])]);
  }

  #consumeOf({ id, access }: Viewer): Promise<void>[] {
    const user = this.limiter.consume('user', id);
    return access.type === 'sign-in' ? [user] : [user, this.limiter.consume('token', access.id)];
  }

  async #viewerOf(req: Request): Promise<Viewer | undefined> {
    try {
      return await this.viewers.of(req);
    } catch {
      // Whoever needs the viewer asks again, and tells the client.
      return undefined;
    }
  }
}
