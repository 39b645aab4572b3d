import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { AppError } from '../errors/app-error.js';
import { AccountRepository } from './account-repository.js';
import type { Credential } from './doorkeeper.service.js';
import { SignIns, type SignIn } from './sign-ins.service.js';

/** How somebody comes to an account. */
@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly signIns: SignIns,
    private readonly config: AppConfig,
  ) {}

  /** Makes a throw-away account. FORBIDDEN where the installation wants real ones. */
  async continueAsGuest(shown: Credential | undefined): Promise<SignIn> {
    if (!this.config.guestsAllowed) {
      throw new AppError('FORBIDDEN', 'This installation does not allow guests.');
    }
    return this.signIns.begin(await this.accounts.createGuest('Guest'), shown);
  }
}
