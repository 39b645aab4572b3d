import { Injectable } from '@nestjs/common';
import { AccountBell } from '../bell/account-bell.js';
import { AccessRepository } from './access-repository.js';
import { Doorkeeper, type Credential } from './doorkeeper.service.js';
import { hashOf, newSecret } from './secret.js';
import type { Viewer } from './viewer.js';

/** How long a browser stays signed in without signing in again, in seconds: 30 days. */
export const SIGN_IN_TTL_SECONDS = 30 * 24 * 3600;

/** A fresh sign-in: the secret is shown to the browser once and kept here only as a hash. */
export interface SignIn {
  readonly viewer: Viewer;
  readonly secret: string;
}

/** Begins and ends what keeps a browser signed in. */
@Injectable()
export class SignIns {
  constructor(
    private readonly accesses: AccessRepository,
    private readonly doorkeeper: Doorkeeper,
    private readonly bell: AccountBell,
  ) {}

  /** Signs a user in by a new secret; what the browser showed before opens nothing from now on. */
  async begin(userId: string, shown: Credential | undefined): Promise<SignIn> {
    const secret = newSecret();
    await this.accesses.addSignIn(userId, hashOf(secret), SIGN_IN_TTL_SECONDS);
    await this.end(shown);
    const viewer = await this.doorkeeper.viewerOf({ type: 'sign-in', secret });
    if (!viewer) throw new Error('a user is gone who was signing in');
    return { viewer, secret };
  }

  async end(shown: Credential | undefined): Promise<void> {
    if (shown?.type !== 'sign-in') return;
    const userId = await this.accesses.removeSignIn(hashOf(shown.secret));
    if (userId) this.bell.ring(userId);
  }

  /** Ends all of a user, but for the one that is shown. */
  async endOthers(userId: string, shown?: Credential): Promise<void> {
    await this.accesses.removeSignIns(userId, shown && hashOf(shown.secret));
    this.bell.ring(userId);
  }

  async endAll(userId: string): Promise<void> {
    await this.endOthers(userId);
  }
}
