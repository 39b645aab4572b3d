import { Injectable, inject, signal } from '@angular/core';
import { Failure } from '../graphql/failure';
import { TokensApi, type ApiToken, type CreatedToken, type NewToken } from './tokens-api';

/** The viewer's API tokens. The secret of a new one stays here only as long as it is shown. */
@Injectable({ providedIn: 'root' })
export class TokensStore {
  readonly #api = inject(TokensApi);
  readonly #tokens = signal<readonly ApiToken[] | null>(null);
  readonly #created = signal<CreatedToken | null>(null);
  readonly #failure = signal<Failure | null>(null);

  /** `null`: not known yet. */
  readonly tokens = this.#tokens.asReadonly();
  readonly created = this.#created.asReadonly();
  readonly failure = this.#failure.asReadonly();

  async load(): Promise<void> {
    this.#failure.set(null);
    try {
      this.#tokens.set(await this.#api.list());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#failure.set(error);
    }
  }

  async create(token: NewToken): Promise<void> {
    const created = await this.#api.create(token);
    this.#created.set(created);
    this.#tokens.update((tokens) => [created.token, ...(tokens ?? [])]);
  }

  async revoke(id: string): Promise<void> {
    await this.#api.revoke(id);
    this.#tokens.update((tokens) => tokens?.filter((token) => token.id !== id) ?? null);
    if (this.#created()?.token.id === id) this.forgetSecret();
  }

  forgetSecret(): void {
    this.#created.set(null);
  }
}
