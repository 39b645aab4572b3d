import { Injectable, computed, inject, signal } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';
import { Connectivity } from '../browser/connectivity';
import { FreshPage } from '../browser/fresh-page';
import { Failure } from '../graphql/failure';
import { AccountApi, type Installation, type Viewer } from './account-api';
import { hasLimits, isOutdated } from './quota-text';

/** Who uses the page. Where guests are welcome, nobody has to say so before the first message. */
@Injectable({ providedIn: 'root' })
export class ViewerStore {
  readonly #api = inject(AccountApi);
  readonly #storage = inject(BrowserStorage);
  readonly #page = inject(FreshPage);
  readonly #viewer = signal<Viewer | null>(null);
  readonly #installation = signal<Installation | null>(null);
  #loading: Promise<void> | null = null;
  #entering: Promise<void> | null = null;

  readonly viewer = this.#viewer.asReadonly();
  readonly installation = this.#installation.asReadonly();
  readonly signedIn = computed(() => this.#viewer() !== null);
  /** Nobody is here, and nothing can be asked before that changes. */
  readonly mustSignIn = computed(() => this.#installation()?.guestsAllowed === false && !this.signedIn());

  constructor() {
    inject(Connectivity).worthTrying.subscribe(() => {
      const usage = this.#viewer()?.usage;
      if (usage && isOutdated(usage, Date.now())) void this.refreshUsage();
    });
  }

  /** Asks the server once; a failed question may be asked again. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** What is left of a plan with limits changes with every reply. What cannot be asked now stays as it was. */
  async refreshUsage(): Promise<void> {
    const usage = this.#viewer()?.usage;
    if (!usage || !hasLimits(usage)) return;
    try {
      await this.#load();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }

  /** Makes sure that there is somebody: who is nobody yet continues as a guest, where guests are welcome. */
  async ensure(): Promise<void> {
    await this.load();
    if (this.mustSignIn()) throw new Failure('UNAUTHENTICATED', 'Guests are not allowed here.');
    if (!this.signedIn()) await this.continueAsGuest();
  }

  /** A fresh guest, also where the old account's session has ended. Two clicks make one guest. */
  continueAsGuest(): Promise<void> {
    this.#entering ??= this.#enter().finally(() => (this.#entering = null));
    return this.#entering;
  }

  async signOut(): Promise<void> {
    await this.#api.signOut();
    this.leave();
  }

  /** Whoever uses this browser next finds nothing of who has gone. */
  leave(): void {
    this.#storage.removeAll('draft.');
    this.#page.openAt('/');
  }

  async #load(): Promise<void> {
    const { viewer, installation } = await this.#api.viewer();
    this.#installation.set(installation);
    this.#viewer.set(viewer);
  }

  async #enter(): Promise<void> {
    this.#viewer.set(await this.#api.continueAsGuest());
  }
}
