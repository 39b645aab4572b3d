import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';

const THEMES = ['system', 'light', 'dark'] as const;

/** Which colours the page is shown in. */
export type ThemeName = (typeof THEMES)[number];

/** The chosen theme, kept under the key that `theme.js` reads before the first paint. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #storage = inject(BrowserStorage);
  readonly #name = signal<ThemeName>(themeNamed(this.#storage.read('theme')));

  readonly name = this.#name.asReadonly();

  next(): void {
    const name = THEMES[(THEMES.indexOf(this.#name()) + 1) % THEMES.length] ?? 'system';
    this.#name.set(name);
    this.#storage.write('theme', name);
    if (name === 'system') delete this.#root.dataset['theme'];
    else this.#root.dataset['theme'] = name;
  }
}

function themeNamed(kept: string | null): ThemeName {
  return THEMES.find((name) => name === kept) ?? 'system';
}
