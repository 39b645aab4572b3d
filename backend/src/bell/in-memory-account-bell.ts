import { AccountBell, type AccountBellListener } from './account-bell.js';

/** The bell where one process does everything. */
export class InMemoryAccountBell extends AccountBell {
  readonly #listeners = new Set<AccountBellListener>();

  override ring(userId: string): void {
    for (const listener of [...this.#listeners]) listener.changed(userId);
  }

  override listen(listener: AccountBellListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
