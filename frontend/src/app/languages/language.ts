import { DOCUMENT, Injectable, inject } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';
import { ENGLISH, languageFor, localeFor, type PageLanguage } from './languages';

const PICKED = 'language';

/** The language that the page speaks. Texts are looked up once, so another one begins with the page. */
@Injectable({ providedIn: 'root' })
export class Language {
  readonly #storage = inject(BrowserStorage);
  readonly #document = inject(DOCUMENT);
  #current = ENGLISH;

  get current(): PageLanguage {
    return this.#current;
  }

  /** To be awaited before anything is said. */
  async begin(): Promise<void> {
    const read = this.#document.defaultView?.navigator.languages ?? [];
    const wanted = languageFor(this.#storage.read(PICKED), read);
    if (await isSpoken(wanted)) this.#current = wanted;
    $localize.locale = localeFor(this.#current, read);
    if (this.#current === ENGLISH) return;
    const { documentElement: root } = this.#document;
    root.lang = this.#current.tag;
    root.dir = this.#current.direction;
  }

  /** Is kept in this browser. Drafts are kept as well, and a reply that is being written goes on. */
  pick({ tag }: PageLanguage): void {
    this.#storage.write(PICKED, tag);
    this.#document.defaultView?.location.reload();
  }
}

/** Whether its texts are here; better in English than not at all. */
async function isSpoken({ texts }: PageLanguage): Promise<boolean> {
  if (!texts) return true;
  try {
    const [{ speak }, said] = await Promise.all([import('./texts'), texts()]);
    speak(said);
    return true;
  } catch (error) {
    // What a browser says of a file that it cannot fetch.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
