import type { Page } from '../paging/page.js';
import type { Account } from './account.js';

/** All users of this installation. */
export abstract class AccountDirectory {
  /**
   * Newest first. `after`: the id of an account, VALIDATION_FAILED where it is none. `search`: part of an email address or
   * of a name.
   */
  abstract list(first: number, after?: string, search?: string): Promise<Page<Account>>;
  abstract find(accountId: string): Promise<Account | undefined>;
}
