import { Injectable } from '@nestjs/common';
import { AccessRepository } from './access-repository.js';
import { RecentViewers } from './recent-viewers.js';
import { hashOf } from './secret.js';
import type { Access, Viewer } from './viewer.js';

/** What a request shows: the cookie of a browser, or the API token of a program. */
export interface Credential {
  readonly type: Access['type'];
  readonly secret: string;
}

/** Knows who stands behind what a request shows. */
@Injectable()
export class Doorkeeper {
  readonly #recent = new RecentViewers();

  constructor(private readonly accesses: AccessRepository) {}

  /** Undefined where it leads to nobody. */
  viewerOf({ type, secret }: Credential): Promise<Viewer | undefined> {
    const secretHash = hashOf(secret);
    return this.#recent.get(secretHash, () =>
      type === 'sign-in'
        ? this.accesses.viewerBySignIn(secretHash)
        : this.accesses.viewerByApiToken(secretHash),
    );
  }

  /** To be called when an access has ended. */
  forget(secret: string): void {
    this.#recent.forget(hashOf(secret));
  }
}
