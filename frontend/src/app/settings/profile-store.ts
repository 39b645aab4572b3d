import { Injectable, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { Failure } from '../graphql/failure';
import { SettingsApi, type PasswordChange, type Profile } from './settings-api';

/** The viewer's account, and what its owner may do to it. Refusals reach who asked. */
@Injectable({ providedIn: 'root' })
export class ProfileStore {
  readonly #api = inject(SettingsApi);
  readonly #viewer = inject(ViewerStore);
  readonly #profile = signal<Profile | null>(null);
  readonly #failure = signal<Failure | null>(null);

  readonly profile = this.#profile.asReadonly();
  /** Why the account could not be read. */
  readonly failure = this.#failure.asReadonly();
  readonly installation = this.#viewer.installation;

  async load(): Promise<void> {
    this.#failure.set(null);
    try {
      const profile = await this.#api.profile();
      this.#profile.set(profile);
      if (!profile) this.#failure.set(new Failure('UNAUTHENTICATED', 'Nobody is signed in.'));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#failure.set(error);
    }
  }

  async changePassword(change: PasswordChange): Promise<void> {
    await this.#api.changePassword(change);
    await this.load();
  }

  async signOutEverywhere(): Promise<void> {
    await this.#api.signOutEverywhere();
    await this.#viewer.leave();
  }

  async deleteAccount(password: string | undefined): Promise<void> {
    await this.#api.deleteAccount(password);
    await this.#viewer.leave();
  }
}
