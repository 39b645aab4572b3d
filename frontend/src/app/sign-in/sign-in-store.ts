import { Injectable, computed, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { WayBack } from '../account/way-back';
import { FreshPage } from '../browser/fresh-page';
import { Failure } from '../graphql/failure';
import { SignInApi, type Credentials, type NewAccount } from './sign-in-api';

/** Which of the ways in was tried, and why it did not work. */
export interface SignInFailure {
  readonly tried: 'sign-in' | 'sign-up' | 'guest';
  readonly failure: Failure;
}

/** The ways in. Each ends with the page begun anew, in the place that somebody came from. */
@Injectable({ providedIn: 'root' })
export class SignInStore {
  readonly #api = inject(SignInApi);
  readonly #viewer = inject(ViewerStore);
  readonly #wayBack = inject(WayBack);
  readonly #page = inject(FreshPage);
  readonly #trying = signal<SignInFailure['tried'] | null>(null);
  readonly #failure = signal<SignInFailure | null>(null);

  readonly trying = this.#trying.asReadonly();
  readonly failure = this.#failure.asReadonly();
  readonly viewer = this.#viewer.viewer;
  readonly installation = this.#viewer.installation;
  readonly busy = computed(() => this.#trying() !== null);

  signIn(credentials: Credentials, back: string): Promise<void> {
    return this.#enter('sign-in', back, () => this.#api.signIn(credentials));
  }

  signUp(account: NewAccount, back: string): Promise<void> {
    return this.#enter('sign-up', back, () => this.#api.signUp(account));
  }

  continueAsGuest(back: string): Promise<void> {
    return this.#enter('guest', back, () => this.#viewer.continueAsGuest());
  }

  /** The browser is about to leave for an identity provider. */
  keepPlace(back: string): void {
    this.#wayBack.keep(back);
  }

  forgetFailure(): void {
    this.#failure.set(null);
  }

  async #enter(tried: SignInFailure['tried'], back: string, action: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.#trying.set(tried);
    this.#failure.set(null);
    try {
      await action();
      this.#page.openAt(back);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#failure.set({ tried, failure: error });
      this.#trying.set(null);
    }
  }
}
