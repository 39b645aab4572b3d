import { Injectable, computed, inject, signal } from '@angular/core';
import { AccountApi, type Viewer } from './account-api';

/** Who uses the page. Nobody has to say so before the first message. */
@Injectable({ providedIn: 'root' })
export class ViewerStore {
  readonly #api = inject(AccountApi);
  readonly #viewer = signal<Viewer | null>(null);
  #loading: Promise<void> | null = null;
  #entering: Promise<void> | null = null;

  readonly viewer = this.#viewer.asReadonly();
  readonly signedIn = computed(() => this.#viewer() !== null);

  /** Asks the server once; a failed question may be asked again. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** Makes sure that there is somebody: who is nobody yet continues as a guest. */
  async ensure(): Promise<void> {
    await this.load();
    if (!this.signedIn()) await this.continueAsGuest();
  }

  /** A fresh guest, also where the old account's session has ended. Two clicks make one guest. */
  continueAsGuest(): Promise<void> {
    this.#entering ??= this.#enter().finally(() => (this.#entering = null));
    return this.#entering;
  }

  async #load(): Promise<void> {
    this.#viewer.set(await this.#api.viewer());
  }

  async #enter(): Promise<void> {
    this.#viewer.set(await this.#api.continueAsGuest());
  }
}
