import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { AccountRepository, type NewAccount } from './account-repository.js';

/** Who administers the installation without having been told to: whoever it names, or else who came first. */
@Injectable()
export class Administrators implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly config: AppConfig,
  ) {}

  /** The address may have been named after its account was made. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.adminEmail) await this.accounts.makeAdministrator(this.config.adminEmail);
  }

  isNamed(email: string): boolean {
    return email === this.config.adminEmail;
  }

  /** What a new account with this address is to be. */
  roleOf(email: string): NewAccount['administrator'] {
    if (this.config.adminEmail === undefined) return 'if-first';
    return this.isNamed(email) ? 'yes' : 'no';
  }
}
