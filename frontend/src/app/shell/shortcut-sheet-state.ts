import { Injectable, signal } from '@angular/core';

/** Whether the shortcut sheet is open: a key opens it, and so does the account's menu. */
@Injectable({ providedIn: 'root' })
export class ShortcutSheetState {
  readonly #isOpen = signal(false);

  readonly isOpen = this.#isOpen.asReadonly();

  open(): void {
    this.#isOpen.set(true);
  }

  close(): void {
    this.#isOpen.set(false);
  }
}
