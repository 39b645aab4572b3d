import { computed, signal } from '@angular/core';
import { from, take, type Subscription } from 'rxjs';
import type { ComingBack } from '../browser/coming-back';

/** The server is away: what was kept stands in for it, until it answers again. */
export class Absence {
  readonly #asking = signal<Subscription | null>(null);

  readonly lasts = computed(() => this.#asking() !== null);

  constructor(private readonly comingBack: ComingBack) {}

  /** Asks whenever it may be of use; whatever the server says then is no longer that it cannot be reached. */
  begin(ask: () => Promise<unknown>, answered: () => void): void {
    this.end();
    const asking = this.comingBack.follow(() => from(ask())).pipe(take(1));
    this.#asking.set(asking.subscribe({ next: answered, error: answered }));
  }

  end(): void {
    this.#asking()?.unsubscribe();
    this.#asking.set(null);
  }
}
