import { Injectable, inject } from '@angular/core';
import {
  ContinueAsGuestDocument,
  SignOutDocument,
  ViewerDocument,
  type QuotaFieldsFragment,
  type ViewerFieldsFragment,
  type ViewerQuery,
} from '../graphql/generated/graphql';
import { GraphqlClient } from '../graphql/graphql-client';

/** Who looks at the page. */
export type Viewer = ViewerFieldsFragment;
/** How much of something the viewer's plan allows, and what is left of it. */
export type Quota = QuotaFieldsFragment;
export type Usage = Viewer['usage'];
/** What may be done here by somebody who is not signed in. */
export type Installation = ViewerQuery['installation'];

/** The viewer on the wire. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  readonly #graphql = inject(GraphqlClient);

  viewer(): Promise<ViewerQuery> {
    return this.#graphql.query(ViewerDocument, {});
  }

  async continueAsGuest(): Promise<Viewer> {
    return (await this.#graphql.mutate(ContinueAsGuestDocument, {})).continueAsGuest;
  }

  async signOut(): Promise<void> {
    await this.#graphql.mutate(SignOutDocument, {});
  }
}
