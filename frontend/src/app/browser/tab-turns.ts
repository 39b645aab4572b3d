import { DOCUMENT, Injectable, inject } from '@angular/core';

/** What the tabs of a browser do one after the other. Where browsers have no locks (on plain HTTP), they do it at once. */
@Injectable({ providedIn: 'root' })
export class TabTurns {
  readonly #locks = (inject(DOCUMENT).defaultView?.navigator as { readonly locks?: LockManager } | undefined)
    ?.locks;

  /** Runs the action when no other tab does what is called the same. */
  async take<T>(name: string, action: () => Promise<T>): Promise<T> {
    return this.#locks ? this.#locks.request(`rivulet.${name}`, action) : action();
  }
}
