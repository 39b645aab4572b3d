import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AccountBell } from '../bell/account-bell.js';
import { AccessRepository } from './access-repository.js';
import { RecentViewers } from './recent-viewers.js';
import { hashOf } from './secret.js';
import type { Access, Viewer } from './viewer.js';

/** What a request shows: the cookie of a browser, or the API token of a program. */
export interface Credential {
  readonly type: Access['type'];
  readonly secret: string;
}

/** Whoever comes to the door: what they show, and who they are by that. */
export interface Visitor {
  readonly credential: Credential | undefined;
  readonly viewer: Viewer | undefined;
  /** Where they come from; undefined where the connection does not say. */
  readonly address: string | undefined;
}

/** Knows who stands behind what a request shows. */
@Injectable()
export class Doorkeeper implements OnModuleInit, OnModuleDestroy {
  readonly #recent = new RecentViewers();
  #stopListening?: () => void;

  constructor(
    private readonly accesses: AccessRepository,
    private readonly bell: AccountBell,
  ) {}

  onModuleInit(): void {
    this.#stopListening = this.bell.listen({
      changed: (userId) => this.#recent.forget(userId),
      missed: () => this.#recent.forgetAll(),
    });
  }

  onModuleDestroy(): void {
    this.#stopListening?.();
  }

  /** Undefined where it leads to nobody. */
  viewerOf({ type, secret }: Credential): Promise<Viewer | undefined> {
    const secretHash = hashOf(secret);
    // A token that comes as a cookie must not be taken for one because it was here before.
    return this.#recent.get(`${type} ${secretHash.toString('base64')}`, () =>
      type === 'sign-in'
        ? this.accesses.viewerBySignIn(secretHash)
        : this.accesses.viewerByApiToken(secretHash),
    );
  }
}
