import { beforeEach, describe, expect, it } from '@jest/globals';
import { testViewer } from '../accounts/testing/test-viewer.js';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import type { Page } from '../paging/page.js';
import { AccountDirectory } from './account-directory.js';
import type { Account } from './account.js';
import { Administration } from './administration.service.js';
import { PlanCatalog } from './plan-catalog.js';
import type { PlanSubscription } from './plan-subscription.js';
import { SubscriptionRepository } from './subscription-repository.js';

const UNLIMITED = { models: ['*'], messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null };
const PLANS = new PlanCatalog(['free', 'gold'].map((id) => ({ ...UNLIMITED, id, name: id })));
const ADMIN = testViewer({ isAdmin: true });

class OneAccount extends AccountDirectory {
  asked: unknown[] = [];

  override list(...asked: unknown[]): Promise<Page<Account>> {
    this.asked = asked;
    return Promise.resolve({ items: [], hasNextPage: false, hasPreviousPage: false });
  }

  override find(id: string): Promise<Account | undefined> {
    return Promise.resolve({ ...testViewer(), id });
  }
}

class Subscriptions extends SubscriptionRepository {
  readonly changes: unknown[] = [];

  override of = () => Promise.resolve(new Map<string, PlanSubscription>());

  override set(userId: string, planId: string, periodEnd: Date | null): Promise<boolean> {
    if (userId !== 'ada') return Promise.resolve(false);
    this.changes.push([userId, planId, periodEnd]);
    return Promise.resolve(true);
  }
}

describe(Administration.name, () => {
  let directory: OneAccount;
  let subscriptions: Subscriptions;
  let rung: string[];
  let administration: Administration;

  beforeEach(() => {
    directory = new OneAccount();
    subscriptions = new Subscriptions();
    rung = [];
    const bell = new InMemoryAccountBell();
    bell.listen({ changed: (userId) => rung.push(userId), missed: () => undefined });
    administration = new Administration(directory, PLANS, subscriptions, bell);
  });

  const gold = { accountId: 'ada', planId: 'gold', periodEnd: null };

  it('is for administrators alone', async () => {
    const refused = { code: 'FORBIDDEN' };
    await expect(administration.accounts(testViewer(), 10)).rejects.toMatchObject(refused);
    await expect(administration.setPlan(testViewer(), gold)).rejects.toMatchObject(refused);
    // Nor does it tell whether there is such an account or plan.
    const nothing = { accountId: 'nobody', planId: 'none', periodEnd: null };
    await expect(administration.setPlan(testViewer(), nothing)).rejects.toMatchObject(refused);
    expect(subscriptions.changes).toEqual([]);
  });

  describe('accounts', () => {
    it('bounds its pages, and searches for no spaces', async () => {
      await expect(administration.accounts(ADMIN, 101)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      await administration.accounts(ADMIN, 10, 'cursor', '  ');
      expect(directory.asked).toEqual([10, 'cursor', undefined]);
    });
  });

  describe('setPlan', () => {
    it('puts the account on the plan, and has every process hear of it', async () => {
      expect(await administration.setPlan(ADMIN, gold)).toMatchObject({ id: 'ada' });
      expect(subscriptions.changes).toEqual([['ada', 'gold', null]]);
      expect(rung).toEqual(['ada']);
    });

    it('refuses a plan and an account that there are not', async () => {
      const setting = (overrides: object) => administration.setPlan(ADMIN, { ...gold, ...overrides });
      await expect(setting({ planId: 'none' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      await expect(setting({ accountId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect([subscriptions.changes, rung]).toEqual([[], []]);
    });
  });
});
