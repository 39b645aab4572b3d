import { Injectable, inject } from '@angular/core';
import { GraphqlClient } from '../graphql/graphql-client';
import { SignInDocument, SignUpDocument } from './generated/graphql';

/** What opens an account. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** What a new account begins with. */
export interface NewAccount extends Credentials {
  /** Left out: the email address names it. */
  readonly displayName?: string;
}

/** Ways into an account, on the wire. The answer's cookie is what counts. */
@Injectable({ providedIn: 'root' })
export class SignInApi {
  readonly #graphql = inject(GraphqlClient);

  async signIn(input: Credentials): Promise<void> {
    await this.#graphql.mutate(SignInDocument, { input });
  }

  async signUp(input: NewAccount): Promise<void> {
    await this.#graphql.mutate(SignUpDocument, { input });
  }
}
