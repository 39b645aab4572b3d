import { DOCUMENT, Injectable, inject } from '@angular/core';

/** Begins the page anew: where somebody else has come, nothing of the one before may stay in memory. */
@Injectable({ providedIn: 'root' })
export class FreshPage {
  readonly #window = inject(DOCUMENT).defaultView;

  /** In the place of the present page, so that "Back" does not show it again. */
  openAt(path: string): void {
    this.#window?.location.replace(path);
  }
}
