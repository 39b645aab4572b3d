import { DOCUMENT, Injectable, inject } from '@angular/core';

/** Apple's keyboards have a key of their own for what Ctrl does elsewhere; the page takes either, wherever it is. */
const APPLE = /^(mac|iphone|ipad)/i;

/** On some languages' keyboards they have other names; what is not here has its own sign on all of them. */
const NAMES = new Map<string, () => string>([
  ['Ctrl', () => $localize`:key|:Ctrl`],
  ['Shift', () => $localize`:key|:Shift`],
  ['Enter', () => $localize`:key|:Enter`],
  ['Escape', () => $localize`:key|:Escape`],
]);

/** What the keys are called on the keyboard before the reader. */
@Injectable({ providedIn: 'root' })
export class KeyNames {
  readonly #command = APPLE.test(inject(DOCUMENT).defaultView?.navigator.platform ?? '') ? '⌘' : 'Ctrl';

  /** The names of keys that are pressed together, as in `Command+Shift+O`. */
  of(keys: string): readonly string[] {
    return keys
      .split('+')
      .map((key) => (key === 'Command' ? this.#command : key))
      .map((key) => NAMES.get(key)?.() ?? key);
  }

  /** The same in one line, for a tip. */
  line(keys: string): string {
    return this.of(keys).join('+');
  }
}
