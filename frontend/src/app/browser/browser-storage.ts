import { DOCUMENT, Injectable, inject } from '@angular/core';
import { EMPTY, filter, fromEvent, type Observable } from 'rxjs';

/** `localStorage` under our own prefix; where it is blocked or full, what should be kept is forgotten instead. */
@Injectable({ providedIn: 'root' })
export class BrowserStorage {
  readonly #window = inject(DOCUMENT).defaultView;

  read(key: string): string | null {
    return this.#attempt((storage) => storage.getItem(`rivulet.${key}`));
  }

  write(key: string, value: string): void {
    this.#attempt((storage) => storage.setItem(`rivulet.${key}`, value));
  }

  remove(key: string): void {
    this.#attempt((storage) => storage.removeItem(`rivulet.${key}`));
  }

  /** Every key that begins so. */
  removeAll(beginning: string): void {
    this.#attempt((storage) => {
      const ours = Object.keys(storage).filter((key) => key.startsWith(`rivulet.${beginning}`));
      for (const key of ours) storage.removeItem(key);
    });
  }

  /** Emits whenever another tab has changed what stands under the key. */
  changes(key: string): Observable<unknown> {
    if (!this.#window) return EMPTY;
    return fromEvent<StorageEvent>(this.#window, 'storage').pipe(
      filter((event) => event.key === `rivulet.${key}`),
    );
  }

  protected area(window: Window): Storage {
    return window.localStorage;
  }

  #attempt<T>(action: (storage: Storage) => T): T | null {
    try {
      // Even reading the property throws where cookies are blocked.
      const storage = this.#window && this.area(this.#window);
      return storage ? action(storage) : null;
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  }
}
