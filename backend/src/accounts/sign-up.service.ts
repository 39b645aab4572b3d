import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { AccountRepository } from './account-repository.js';
import { Administrators } from './administrators.service.js';
import type { Visitor } from './doorkeeper.service.js';
import { emailAddress } from './email-address.js';
import { Entrance } from './entrance.service.js';
import { nameBefore, nameOf } from './name.js';
import { PasswordHasher } from './password-hasher.js';
import { newPassword } from './password.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SignIns, type SignIn } from './sign-ins.service.js';

export interface SignUpRequest {
  readonly email: string;
  readonly password: string;
  /** Left out: what stands before the address's @. */
  readonly displayName?: string | null;
}

/** How somebody who is not known yet comes in. */
@Injectable()
export class SignUp {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly administrators: Administrators,
    private readonly hasher: PasswordHasher,
    private readonly entrance: Entrance,
    private readonly signIns: SignIns,
    private readonly throttle: SignInThrottle,
    private readonly config: AppConfig,
  ) {}

  /** Makes an account. A guest becomes it, and keeps what is theirs. */
  async signUp(request: SignUpRequest, visitor: Visitor): Promise<SignIn> {
    if (!this.config.signUpAllowed) {
      throw new AppError('FORBIDDEN', 'This installation does not take new accounts.');
    }
    const email = emailAddress(request.email);
    if (email === undefined) throw new AppError('VALIDATION_FAILED', 'This is no email address.');
    const displayName = request.displayName?.trim() ? nameOf(request.displayName) : nameBefore(email);
    const passwordHash = await this.hasher.hash(newPassword(request.password));
    const administrator = this.administrators.roleOf(email);
    const account = { email, displayName, passwordHash, administrator };
    // That an address is taken tells something, too.
    return this.throttle.attempt(visitor, undefined, () => this.entrance.open(account, visitor));
  }

  /** Makes a throw-away account. FORBIDDEN where the installation wants real ones. */
  async continueAsGuest({ credential }: Visitor): Promise<SignIn> {
    if (!this.config.guestsAllowed) {
      throw new AppError('FORBIDDEN', 'This installation does not allow guests.');
    }
    return this.signIns.begin(await this.accounts.createGuest('Guest'), credential);
  }
}
