import { Cancellations } from './cancellations.js';

/** Cancellations where one process does everything. */
export class InMemoryCancellations extends Cancellations {
  readonly #listeners = new Set<(sessionId: string) => void>();

  override publish(sessionId: string): Promise<void> {
    for (const listener of [...this.#listeners]) listener(sessionId);
    return Promise.resolve();
  }

  override listen(listener: (sessionId: string) => void): Promise<() => void> {
    this.#listeners.add(listener);
    return Promise.resolve(() => void this.#listeners.delete(listener));
  }
}
