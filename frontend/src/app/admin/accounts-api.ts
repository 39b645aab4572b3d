import { Injectable, inject } from '@angular/core';
import { GraphqlClient } from '../graphql/graphql-client';
import {
  AccountsDocument,
  PlanNamesDocument,
  SetAccountPlanDocument,
  type AccountFieldsFragment,
  type PlanNamesQuery,
} from './generated/graphql';

/** An account as administrators see it. */
export type Account = AccountFieldsFragment;
export type PlanName = PlanNamesQuery['plans'][number];

/** A stretch of the accounts, newest first. */
export interface AccountsPage {
  readonly accounts: readonly Account[];
  /** Where the next stretch begins; `null`: this is the end. */
  readonly next: string | null;
}

export interface PlanSetting {
  readonly accountId: string;
  readonly planId: string;
  /** `null`: for good. */
  readonly periodEnd: string | null;
}

const PAGE = 30;

/** All accounts, on the wire of somebody who may see them. */
@Injectable({ providedIn: 'root' })
export class AccountsApi {
  readonly #graphql = inject(GraphqlClient);

  async list(search: string, after: string | null): Promise<AccountsPage> {
    const variables = { first: PAGE, after, search: search || null };
    const { edges, pageInfo } = (await this.#graphql.query(AccountsDocument, variables)).accounts;
    return {
      accounts: edges.map(({ node }) => node),
      next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    };
  }

  async plans(): Promise<readonly PlanName[]> {
    return (await this.#graphql.query(PlanNamesDocument, {})).plans;
  }

  async setPlan(input: PlanSetting): Promise<Account> {
    return (await this.#graphql.mutate(SetAccountPlanDocument, { input })).setAccountPlan;
  }
}
