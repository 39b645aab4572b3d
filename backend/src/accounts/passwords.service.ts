import { Injectable } from '@nestjs/common';
import { AccountBell } from '../bell/account-bell.js';
import { AppError } from '../errors/app-error.js';
import { AccountRepository } from './account-repository.js';
import type { Visitor } from './doorkeeper.service.js';
import { emailAddress } from './email-address.js';
import { Entrance } from './entrance.service.js';
import { PasswordHasher } from './password-hasher.js';
import { newPassword, passwordOf } from './password.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SignIns, type SignIn } from './sign-ins.service.js';
import type { Viewer } from './viewer.js';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
}

export interface ChangePasswordRequest {
  /** Left out only where the account has none. */
  readonly currentPassword?: string | null;
  readonly newPassword: string;
}

/** What passwords open. */
@Injectable()
export class Passwords {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly hasher: PasswordHasher,
    private readonly entrance: Entrance,
    private readonly signIns: SignIns,
    private readonly throttle: SignInThrottle,
    private readonly bell: AccountBell,
  ) {}

  /** An address that nobody has and a wrong password are answered alike, after the same work. */
  async signIn({ email: text, password }: SignInRequest, visitor: Visitor): Promise<SignIn> {
    const email = emailAddress(text);
    const userId = await this.throttle.attempt(visitor, email, async () => {
      // Asked for in any case: the look-up is part of the work.
      const stored = await this.accounts.passwordByEmail(email ?? '');
      const matches = await this.hasher.verify(passwordOf(password), stored?.passwordHash);
      if (stored && matches) return stored.userId;
      throw new AppError('UNAUTHENTICATED', 'There is no account with this email address and password.');
    });
    return this.entrance.enter(userId, visitor);
  }

  /** Ends every other sign-in. */
  async change(viewer: Viewer, request: ChangePasswordRequest, visitor: Visitor): Promise<Viewer> {
    if (viewer.isGuest) throw new AppError('FORBIDDEN', 'A guest has no password: sign up instead.');
    const password = newPassword(request.newPassword);
    const current = await this.confirm(viewer, request.currentPassword, visitor);
    if (!(await this.accounts.changePassword(viewer.id, current, await this.hasher.hash(password)))) {
      throw new AppError('CONFLICT', 'The password was changed by somebody else at the same time.');
    }
    await this.signIns.endOthers(viewer.id, visitor.credential);
    return { ...viewer, hasPassword: true };
  }

  /** Deletes the account with all that hangs on it. */
  async deleteAccount(viewer: Viewer, password: string | null | undefined, visitor: Visitor): Promise<void> {
    await this.confirm(viewer, password, visitor);
    await this.accounts.delete(viewer.id);
    this.bell.ring(viewer.id);
  }

  /** Whoever sits at a browser that was left signed in does not know the password. Returns what is kept of it. */
  private async confirm(
    viewer: Viewer,
    password: string | null | undefined,
    visitor: Visitor,
  ): Promise<string | null> {
    const passwordHash = await this.accounts.passwordHash(viewer.id);
    if (passwordHash === null) return null;
    return this.throttle.attempt(visitor, viewer.email ?? undefined, async () => {
      if (await this.hasher.verify(passwordOf(password ?? ''), passwordHash)) return passwordHash;
      throw new AppError('FORBIDDEN', 'The current password is another one.');
    });
  }
}
