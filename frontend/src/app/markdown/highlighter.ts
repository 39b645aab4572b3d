import { Injectable } from '@angular/core';
import type { HLJSApi } from 'highlight.js';
import type { Language } from './languages';
import { findLanguage } from './languages';
import { quietMoment } from '../browser/quiet-moment';

/** Longer code stays plain: thousands of coloured nodes cost more than they tell. */
const LONGEST = 50_000;

/** Colours code. Nothing of it is loaded before the first finished code block asks. */
@Injectable({ providedIn: 'root' })
export class Highlighter {
  #core?: Promise<HLJSApi>;
  readonly #loading = new Map<string, Promise<void>>();

  /** HTML with the same text as `code`; nothing when its language is unknown or cannot be loaded now. */
  async highlight(code: string, name: string): Promise<string | undefined> {
    const language = findLanguage(name);
    if (!language || code.length > LONGEST) return undefined;
    const core = await this.#ready(language);
    if (!core) return undefined;
    await quietMoment();
    return core.highlight(code, { language: language.id, ignoreIllegals: true }).value;
  }

  async #ready(language: Language): Promise<HLJSApi | undefined> {
    const inside = (language.inside ?? [])
      .map((id) => findLanguage(id))
      .filter((found) => found !== undefined);
    try {
      // The text is read before it is coloured.
      this.#core ??= quietMoment().then(async () => (await import('highlight.js/lib/core')).default);
      const core = await this.#core;
      await Promise.all([language, ...inside].map((wanted) => this.#register(core, wanted)));
      return core;
    } catch {
      // The server is out of reach, or has newer files by now: code stays plain, the next block tries again.
      this.#core = undefined;
      this.#loading.clear();
      return undefined;
    }
  }

  #register(core: HLJSApi, language: Language): Promise<void> {
    const known = this.#loading.get(language.id);
    if (known) return known;
    const loading = language.load().then(async (module) => {
      core.registerLanguage(language.id, module.default);
      // The first code in a language has its rules prepared, which takes as long as the code.
      await quietMoment();
      core.highlight('', { language: language.id });
    });
    this.#loading.set(language.id, loading);
    return loading;
  }
}
