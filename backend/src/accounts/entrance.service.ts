import { Injectable } from '@nestjs/common';
import { AccountBell } from '../bell/account-bell.js';
import { AppError } from '../errors/app-error.js';
import { AccountRepository, type NewAccount } from './account-repository.js';
import type { Visitor } from './doorkeeper.service.js';
import { SignIns, type SignIn } from './sign-ins.service.js';

/** Where visitors go in who have shown who they are; what they did as guests comes along. */
@Injectable()
export class Entrance {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly signIns: SignIns,
    private readonly bell: AccountBell,
  ) {}

  /** By a new account: a guest becomes it. CONFLICT where the address has one already. */
  async open(account: NewAccount, { viewer, credential }: Visitor): Promise<SignIn> {
    const guestId = viewer?.isGuest ? viewer.id : undefined;
    const outcome = await this.accounts.createAccount(account, guestId);
    if (outcome.type === 'taken') {
      throw new AppError('CONFLICT', 'There is an account with this email address already.');
    }
    // What opened the guest's account, wherever it is, must not open this one.
    if (outcome.userId === guestId) await this.signIns.endAll(guestId);
    return this.signIns.begin(outcome.userId, credential);
  }

  /** By an account that is there: it takes over what they have as a guest. */
  async enter(userId: string, { viewer, credential }: Visitor): Promise<SignIn> {
    if (viewer?.isGuest) {
      await this.accounts.adopt(viewer.id, userId);
      this.bell.ring(viewer.id);
      // Its plan may be another one now.
      this.bell.ring(userId);
    }
    return this.signIns.begin(userId, credential);
  }
}
