import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';
import { mediaMatches } from '../browser/media';

const THEMES = ['system', 'light', 'dark'] as const;

/** Which colours the page is shown in. */
export type ThemeName = (typeof THEMES)[number];

/** The chosen theme, kept under the key that `begin.js` reads before the first paint. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #storage = inject(BrowserStorage);
  readonly #name = signal<ThemeName>(themeNamed(this.#storage.read('theme')));

  readonly #systemIsDark = mediaMatches('(prefers-color-scheme: dark)');

  readonly name = this.#name.asReadonly();
  /** What the theme comes to now. */
  readonly colours = computed(() => {
    const name = this.#name();
    if (name !== 'system') return name;
    return this.#systemIsDark() ? 'dark' : 'light';
  });

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
