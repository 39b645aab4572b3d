import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { AccountRepository } from './account-repository.js';
import { RecentViewers } from './recent-viewers.js';
import type { Viewer } from './viewer.js';

/** How long a browser stays signed in without signing in again, in seconds: 30 days. */
export const SIGN_IN_TTL_SECONDS = 30 * 24 * 3600;

/** A fresh sign-in: the token is shown to the client once and kept here only as a hash. */
export interface SignIn {
  readonly viewer: Viewer;
  readonly token: string;
}

/** The token has 256 random bits, so a plain hash cannot be searched backwards. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Who somebody is, and how they show it. */
@Injectable()
export class AccountService {
  private readonly recent = new RecentViewers();

  constructor(
    private readonly accounts: AccountRepository,
    private readonly config: AppConfig,
  ) {}

  /** Makes a throw-away account. FORBIDDEN where the installation wants real ones. */
  async continueAsGuest(): Promise<SignIn> {
    if (!this.config.guestsAllowed)
      throw new AppError('FORBIDDEN', 'This installation does not allow guests.');
    const viewer = await this.accounts.createGuest('Guest');
    const token = randomBytes(32).toString('base64url');
    await this.accounts.addSignIn(viewer.id, hashOf(token), SIGN_IN_TTL_SECONDS);
    return { viewer, token };
  }

  async viewerByToken(token: string | undefined): Promise<Viewer | undefined> {
    if (!token) return undefined;
    const tokenHash = hashOf(token);
    return this.recent.get(tokenHash, () => this.accounts.viewerBySignIn(tokenHash));
  }

  async signOut(token: string | undefined): Promise<void> {
    if (!token) return;
    const tokenHash = hashOf(token);
    await this.accounts.removeSignIn(tokenHash);
    this.recent.forget(tokenHash);
  }
}
