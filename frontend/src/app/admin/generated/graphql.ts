/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type PlanSubscriptionStatus =
  | 'ACTIVE'
  /** The plan holds no more. */
  | 'ENDED'
  /** A payment is late; the plan goes on for some days. */
  | 'PAST_DUE';

export type SetAccountPlanInput = {
  accountId: string;
  /** Left out: for good. */
  periodEnd?: string | null | undefined;
  planId: string;
};

export type AccountFieldsFragment = { id: string, email: string | null, displayName: string, isGuest: boolean, isAdmin: boolean, createdAt: string, plan: { id: string, name: string }, subscription: { status: PlanSubscriptionStatus, periodEnd: string | null, plan: { id: string, name: string } }, usage: { messagesToday: { used: number, limit: number | null }, tokensThisMonth: { used: number, limit: number | null }, repliesAtOnce: { used: number, limit: number | null } } };

export type AccountsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AccountsQuery = { accounts: { edges: Array<{ node: { id: string, email: string | null, displayName: string, isGuest: boolean, isAdmin: boolean, createdAt: string, plan: { id: string, name: string }, subscription: { status: PlanSubscriptionStatus, periodEnd: string | null, plan: { id: string, name: string } }, usage: { messagesToday: { used: number, limit: number | null }, tokensThisMonth: { used: number, limit: number | null }, repliesAtOnce: { used: number, limit: number | null } } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PlanNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type PlanNamesQuery = { plans: Array<{ id: string, name: string }> };

export type SetAccountPlanMutationVariables = Exact<{
  input: SetAccountPlanInput;
}>;


export type SetAccountPlanMutation = { setAccountPlan: { id: string, email: string | null, displayName: string, isGuest: boolean, isAdmin: boolean, createdAt: string, plan: { id: string, name: string }, subscription: { status: PlanSubscriptionStatus, periodEnd: string | null, plan: { id: string, name: string } }, usage: { messagesToday: { used: number, limit: number | null }, tokensThisMonth: { used: number, limit: number | null }, repliesAtOnce: { used: number, limit: number | null } } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AccountFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccountFields on Account {
  id
  email
  displayName
  isGuest
  isAdmin
  createdAt
  plan {
    id
    name
  }
  subscription {
    plan {
      id
      name
    }
    status
    periodEnd
  }
  usage {
    messagesToday {
      used
      limit
    }
    tokensThisMonth {
      used
      limit
    }
    repliesAtOnce {
      used
      limit
    }
  }
}
    `, {"fragmentName":"AccountFields"}) as unknown as TypedDocumentString<AccountFieldsFragment, unknown>;
export const AccountsDocument = new TypedDocumentString(`
    query Accounts($first: Int!, $after: String, $search: String) {
  accounts(first: $first, after: $after, search: $search) {
    edges {
      node {
        ...AccountFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment AccountFields on Account {
  id
  email
  displayName
  isGuest
  isAdmin
  createdAt
  plan {
    id
    name
  }
  subscription {
    plan {
      id
      name
    }
    status
    periodEnd
  }
  usage {
    messagesToday {
      used
      limit
    }
    tokensThisMonth {
      used
      limit
    }
    repliesAtOnce {
      used
      limit
    }
  }
}`) as unknown as TypedDocumentString<AccountsQuery, AccountsQueryVariables>;
export const PlanNamesDocument = new TypedDocumentString(`
    query PlanNames {
  plans {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<PlanNamesQuery, PlanNamesQueryVariables>;
export const SetAccountPlanDocument = new TypedDocumentString(`
    mutation SetAccountPlan($input: SetAccountPlanInput!) {
  setAccountPlan(input: $input) {
    ...AccountFields
  }
}
    fragment AccountFields on Account {
  id
  email
  displayName
  isGuest
  isAdmin
  createdAt
  plan {
    id
    name
  }
  subscription {
    plan {
      id
      name
    }
    status
    periodEnd
  }
  usage {
    messagesToday {
      used
      limit
    }
    tokensThisMonth {
      used
      limit
    }
    repliesAtOnce {
      used
      limit
    }
  }
}`) as unknown as TypedDocumentString<SetAccountPlanMutation, SetAccountPlanMutationVariables>;