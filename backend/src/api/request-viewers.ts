import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Doorkeeper } from '../accounts/doorkeeper.service.js';
import type { Viewer } from '../accounts/viewer.js';
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
}
