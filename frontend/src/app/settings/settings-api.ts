import { Injectable, inject } from '@angular/core';
import { GraphqlClient } from '../graphql/graphql-client';
import {
  ChangePasswordDocument,
  DeleteAccountDocument,
  PlansDocument,
  ProfileDocument,
  SignOutEverywhereDocument,
  type PlansQuery,
  type ProfileQuery,
} from './generated/graphql';

/** The account as its owner sees it. */
export type Profile = NonNullable<ProfileQuery['viewer']>;
/** What a plan offers. */
export type PlanOffer = PlansQuery['plans'][number];
export type Subscription = NonNullable<PlansQuery['viewer']>['subscription'];

/** The plans of this installation, and which of them the viewer has. */
export interface PlanChoice {
  readonly plans: readonly PlanOffer[];
  /** `null`: nobody is here. */
  readonly subscription: Subscription | null;
}

export interface PasswordChange {
  /** Left out where the account has none. */
  readonly currentPassword?: string;
  readonly newPassword: string;
}

/** An account and its plan on the wire. */
@Injectable({ providedIn: 'root' })
export class SettingsApi {
  readonly #graphql = inject(GraphqlClient);

  async profile(): Promise<Profile | null> {
    return (await this.#graphql.query(ProfileDocument, {})).viewer;
  }

  async changePassword(input: PasswordChange): Promise<void> {
    await this.#graphql.mutate(ChangePasswordDocument, { input });
  }

  async signOutEverywhere(): Promise<void> {
    await this.#graphql.mutate(SignOutEverywhereDocument, {});
  }

  async deleteAccount(password: string | undefined): Promise<void> {
    await this.#graphql.mutate(DeleteAccountDocument, { input: password ? { password } : {} });
  }

  async plans(): Promise<PlanChoice> {
    const { plans, viewer } = await this.#graphql.query(PlansDocument, {});
    return { plans, subscription: viewer?.subscription ?? null };
  }
}
