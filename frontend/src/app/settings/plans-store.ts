import { Injectable, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { Failure } from '../graphql/failure';
import { SettingsApi, type PlanChoice } from './settings-api';

/** The plans that are offered, the viewer's own, and what is left of it. */
@Injectable({ providedIn: 'root' })
export class PlansStore {
  readonly #api = inject(SettingsApi);
  readonly #viewer = inject(ViewerStore);
  readonly #choice = signal<PlanChoice | null>(null);
  readonly #failure = signal<Failure | null>(null);

  readonly choice = this.#choice.asReadonly();
  readonly failure = this.#failure.asReadonly();
  readonly viewer = this.#viewer.viewer;
  readonly installation = this.#viewer.installation;

  async load(): Promise<void> {
    this.#failure.set(null);
    try {
      const [choice] = await Promise.all([this.#api.plans(), this.#viewer.refreshUsage()]);
      this.#choice.set(choice);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#failure.set(error);
    }
  }
}
