import { Injectable, inject } from '@angular/core';
import {
  ContinueAsGuestDocument,
  ViewerDocument,
  type ViewerFieldsFragment,
} from '../graphql/generated/graphql';
import { GraphqlClient } from '../graphql/graphql-client';

/** Who looks at the page. */
export type Viewer = ViewerFieldsFragment;

/** The viewer on the wire. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  readonly #graphql = inject(GraphqlClient);

  async viewer(): Promise<Viewer | null> {
    return (await this.#graphql.query(ViewerDocument, {})).viewer;
  }

  async continueAsGuest(): Promise<Viewer> {
    return (await this.#graphql.mutate(ContinueAsGuestDocument, {})).continueAsGuest;
  }
}
