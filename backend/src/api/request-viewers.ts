import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Doorkeeper } from '../accounts/doorkeeper.service.js';
import type { Viewer } from '../accounts/viewer.js';
import { AppError } from '../errors/app-error.js';
import { credentialOf } from './credential.js';

/** Who stands behind a request, looked up once, however many ask. */
@Injectable()
export class RequestViewers {
  readonly #viewers = new WeakMap<Request, Promise<Viewer | undefined>>();

  constructor(private readonly doorkeeper: Doorkeeper) {}

  of(req: Request): Promise<Viewer | undefined> {
    const known = this.#viewers.get(req);
    if (known) return known;
    const credential = credentialOf(req);
    const viewer = credential ? this.doorkeeper.viewerOf(credential) : Promise.resolve(undefined);
    this.#viewers.set(req, viewer);
    return viewer;
  }

  /** Who may be given files of their chats. Throws UNAUTHENTICATED, or FORBIDDEN to a token that may not read. */
  async reader(req: Request): Promise<Viewer> {
    const viewer = await this.of(req);
    if (!viewer) {
      const isProgram = credentialOf(req)?.type === 'api-token';
      throw new AppError('UNAUTHENTICATED', isProgram ? 'This API token does not count.' : 'Sign in first.');
    }
    if (viewer.access.type === 'api-token' && !viewer.access.scopes.includes('chat:read')) {
      throw new AppError('FORBIDDEN', 'This API token does not have the scope chat:read.');
    }
    return viewer;
  }
}
