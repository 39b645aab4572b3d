import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ViewerStore } from '../account/viewer-store';
import { aViewer } from '../account/testing/viewers';
import { Failure } from '../graphql/failure';
import { AccountsApi, type AccountsPage, type PlanSetting } from './accounts-api';
import { AccountsStore } from './accounts-store';
import { anAccount } from './testing/accounts';

const PLUS = { id: 'plus', name: 'Plus' };

describe(AccountsStore.name, () => {
  let pages: Record<string, AccountsPage>;
  let plansAsked: number;
  let refreshed: number;
  let refusal: Failure | null;
  let store: AccountsStore;

  const ids = () => store.accounts()?.map(({ id }) => id);

  beforeEach(() => {
    pages = { '': { accounts: [anAccount({ id: 'a' }), anAccount({ id: 'b' })], next: null } };
    plansAsked = 0;
    refreshed = 0;
    refusal = null;
    const answer = <T>(value: T) => (refusal ? Promise.reject(refusal) : Promise.resolve(value));
    const api = {
      list: (search: string, after: string | null) =>
        answer(pages[after ?? search] ?? { accounts: [], next: null }),
      plans: () => answer([PLUS]).finally(() => plansAsked++),
      setPlan: ({ accountId }: PlanSetting) => answer(anAccount({ id: accountId, plan: PLUS })),
    };
    const viewer = {
      viewer: signal(aViewer({ id: 'a' })),
      refreshUsage: () => Promise.resolve(void refreshed++),
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: AccountsApi, useValue: api },
        { provide: ViewerStore, useValue: viewer },
      ],
    });
    store = TestBed.inject(AccountsStore);
  });

  it('goes on where the last page ended, each account once', async () => {
    pages = {
      '': { accounts: [anAccount({ id: 'a' })], next: 'p2' },
      p2: { accounts: [anAccount({ id: 'a' }), anAccount({ id: 'c' })], next: null },
    };
    await store.load();
    expect(store.hasMore()).toBe(true);
    await store.loadMore();
    expect(ids()).toEqual(['a', 'c']);
    expect(store.hasMore()).toBe(false);
  });

  it('shows what was searched for last, and asks for the plans once', async () => {
    pages = { tea: { accounts: [anAccount({ id: 't' })], next: null }, coffee: { accounts: [], next: null } };
    await store.load();
    await Promise.all([store.find('coffee'), store.find(' tea ')]);
    expect(ids()).toEqual(['t']);
    expect(plansAsked).toBe(1);
  });

  it('shows an account with its new plan', async () => {
    await store.load();
    await store.setPlan({ accountId: 'b', planId: 'plus', periodEnd: null });
    expect(store.accounts()?.map(({ plan }) => plan.name)).toEqual(['Free', 'Plus']);
    expect(refreshed).toBe(0);
    await store.setPlan({ accountId: 'a', planId: 'plus', periodEnd: null });
    expect(refreshed).toBe(1);
  });

  it('says why there is nothing to see', async () => {
    refusal = new Failure('FORBIDDEN', 'no');
    await store.load();
    expect(store.failure()).toBe(refusal);
    expect(store.accounts()).toBeNull();
  });
});
