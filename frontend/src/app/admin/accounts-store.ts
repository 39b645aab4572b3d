import { Injectable, computed, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { Failure } from '../graphql/failure';
import { AccountsApi, type Account, type PlanName, type PlanSetting } from './accounts-api';

/** The accounts of this installation, as far as they have been looked through. */
@Injectable({ providedIn: 'root' })
export class AccountsStore {
  readonly #api = inject(AccountsApi);
  readonly #viewer = inject(ViewerStore);
  readonly #accounts = signal<readonly Account[] | null>(null);
  readonly #plans = signal<readonly PlanName[]>([]);
  readonly #next = signal<string | null>(null);
  readonly #search = signal('');
  readonly #failure = signal<Failure | null>(null);
  #request = 0;

  /** `null`: not known yet. */
  readonly accounts = this.#accounts.asReadonly();
  readonly plans = this.#plans.asReadonly();
  readonly search = this.#search.asReadonly();
  readonly failure = this.#failure.asReadonly();
  readonly hasMore = computed(() => this.#next() !== null);

  /** The list from its beginning, with the plans that can be set. */
  async load(): Promise<void> {
    const request = ++this.#request;
    this.#failure.set(null);
    try {
      const [page, plans] = await Promise.all([this.#api.list(this.#search(), null), this.#plansOnce()]);
      if (request !== this.#request) return;
      this.#plans.set(plans);
      this.#accounts.set(page.accounts);
      this.#next.set(page.next);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (request === this.#request) this.#failure.set(error);
    }
  }

  async loadMore(): Promise<void> {
    const after = this.#next();
    if (after === null) return;
    const request = ++this.#request;
    const page = await this.#api.list(this.#search(), after);
    if (request !== this.#request) return;
    this.#accounts.update((known) => [
      ...(known ?? []),
      ...page.accounts.filter(({ id }) => !known?.some((account) => account.id === id)),
    ]);
    this.#next.set(page.next);
  }

  find(text: string): Promise<void> {
    this.#search.set(text.trim());
    return this.load();
  }

  async setPlan(setting: PlanSetting): Promise<void> {
    const changed = await this.#api.setPlan(setting);
    this.#accounts.update(
      (accounts) => accounts?.map((account) => (account.id === changed.id ? changed : account)) ?? null,
    );
    // It may have been one's own.
    if (changed.id === this.#viewer.viewer()?.id) void this.#viewer.refreshUsage();
  }

  #plansOnce(): Promise<readonly PlanName[]> | readonly PlanName[] {
    return this.#plans().length > 0 ? this.#plans() : this.#api.plans();
  }
}
