import { signal } from '@angular/core';
import { Failure } from './failure';

/** Something that somebody asks for with a button: under way, done, or refused with a reason. */
export class Attempt {
  readonly #state = signal<'idle' | 'busy' | 'done'>('idle');
  readonly #failure = signal<Failure | null>(null);

  readonly state = this.#state.asReadonly();
  readonly failure = this.#failure.asReadonly();

  /** One at a time: a second click while the first is under way asks nothing. */
  async make(action: () => Promise<void>): Promise<'done' | 'refused'> {
    if (this.#state() === 'busy') return 'refused';
    this.#state.set('busy');
    this.#failure.set(null);
    try {
      await action();
      this.#state.set('done');
      return 'done';
    } catch (error) {
      this.#state.set('idle');
      if (!(error instanceof Failure)) throw error;
      this.#failure.set(error);
      return 'refused';
    }
  }

  /** As if nothing had been asked. */
  forget(): void {
    this.#state.set('idle');
    this.#failure.set(null);
  }
}
