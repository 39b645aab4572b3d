import { DOCUMENT, InjectionToken, inject } from '@angular/core';
import type { KatexOptions } from 'katex';

/** What sets formulas in type: puts nodes into `host`, or throws because it does not understand `tex`. */
export type Typesetter = (tex: string, host: HTMLElement, options: KatexOptions) => void;

/** The built style sheet's name; see `styles` in project.json. */
const STYLES = 'formulas.css';
const FONTS = ['1em KaTeX_Main', 'italic 1em KaTeX_Math'];

/** Loads KaTeX, its styles and the fonts that every formula needs; nothing of it before the first formula. */
export const KATEX = new InjectionToken<() => Promise<Typesetter>>('KaTeX', {
  providedIn: 'root',
  factory: () => {
    const document = inject(DOCUMENT);
    return async () => {
      const [katex] = await Promise.all([import('katex'), loadStyles(document)]);
      await Promise.all(FONTS.map((font) => document.fonts.load(font)));
      return (tex, host, options) => katex.default.render(tex, host, options);
    };
  },
});

function loadStyles(document: Document): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = STYLES;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`${STYLES} cannot be loaded`));
    };
    document.head.append(link);
  });
}
