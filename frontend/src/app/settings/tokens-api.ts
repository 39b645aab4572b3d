import { Injectable, inject } from '@angular/core';
import { GraphqlClient } from '../graphql/graphql-client';
import {
  ApiTokensDocument,
  CreateApiTokenDocument,
  RevokeApiTokenDocument,
  type ApiTokenFieldsFragment,
  type ApiTokenScope,
} from './generated/graphql';

/** What lets a program in. */
export type ApiToken = ApiTokenFieldsFragment;
export type TokenScope = ApiTokenScope;

export interface NewToken {
  readonly name: string;
  readonly scopes: TokenScope[];
  /** `null`: it does not end by itself. */
  readonly expiresAt: string | null;
}

/** The secret is told this once. */
export interface CreatedToken {
  readonly token: ApiToken;
  readonly secret: string;
}

/** API tokens on the wire. */
@Injectable({ providedIn: 'root' })
export class TokensApi {
  readonly #graphql = inject(GraphqlClient);

  async list(): Promise<readonly ApiToken[]> {
    return (await this.#graphql.query(ApiTokensDocument, {})).viewer?.apiTokens ?? [];
  }

  async create(input: NewToken): Promise<CreatedToken> {
    const { apiToken, secret } = (await this.#graphql.mutate(CreateApiTokenDocument, { input }))
      .createApiToken;
    return { token: apiToken, secret };
  }

  async revoke(id: string): Promise<void> {
    await this.#graphql.mutate(RevokeApiTokenDocument, { id });
  }
}
