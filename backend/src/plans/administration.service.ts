import { Injectable } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { AccountBell } from '../bell/account-bell.js';
import { AppError } from '../errors/app-error.js';
import { checkedPageSize, type Page } from '../paging/page.js';
import { searchWords } from '../paging/search.js';
import type { Account } from './account.js';
import { AccountDirectory } from './account-directory.js';
import { PlanCatalog } from './plan-catalog.js';
import { SubscriptionRepository } from './subscription-repository.js';

export interface PlanChange {
  readonly accountId: string;
  readonly planId: string;
  /** `null`: for good. */
  readonly periodEnd: Date | null;
}

/** What administrators may see and do. FORBIDDEN to everybody else, whether or not there is what they ask for. */
@Injectable()
export class Administration {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly plans: PlanCatalog,
    private readonly subscriptions: SubscriptionRepository,
    private readonly bell: AccountBell,
  ) {}

  async accounts(viewer: Viewer, first: number, after?: string, search?: string): Promise<Page<Account>> {
    requireAdministrator(viewer);
    return this.directory.list(checkedPageSize('first', first), after, searchWords(search));
  }

  /** Puts an account on a plan. It counts until its end, or until a subscription that is paid for begins later. */
  async setPlan(viewer: Viewer, { accountId, planId, periodEnd }: PlanChange): Promise<Account> {
    requireAdministrator(viewer);
    if (!this.plans.find(planId)) throw new AppError('VALIDATION_FAILED', `There is no plan ${planId}.`);
    const isThere = await this.subscriptions.set(accountId, planId, periodEnd);
    const account = isThere ? await this.directory.find(accountId) : undefined;
    if (!account) throw new AppError('NOT_FOUND', 'This account does not exist.');
    this.bell.ring(account.id);
    return account;
  }
}

function requireAdministrator({ isAdmin }: Viewer): void {
  if (!isAdmin) throw new AppError('FORBIDDEN', 'Only administrators may do this.');
}
