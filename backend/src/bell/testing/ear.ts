import type { AccountBellListener } from '../account-bell.js';

/** Keeps what it hears, and can be awaited. */
export class Ear implements AccountBellListener {
  readonly heard: string[] = [];
  #wake: () => void = () => undefined;

  changed(userId: string): void {
    this.heard.push(userId);
    this.#wake();
  }

  missed(): void {
    this.changed('(missed)');
  }

  /** Waits until it has heard this, and forgets all that it has heard. */
  async hears(what: string): Promise<void> {
    while (!this.heard.includes(what)) await new Promise<void>((wake) => (this.#wake = wake));
    this.heard.length = 0;
  }
}
