import { loadTranslations, ɵcomputeMsgId as idOf } from '@angular/localize';

/**
 * What the page says in another language, by what it says in English. Gaps are written `{$name}`. Where one English
 * text means two things, its meaning stands before it: `verb|Plan`.
 */
export type Texts = Readonly<Record<string, string>>;

const FRAMES = [
  ['', ''],
  [' ', ' '],
  [' ', ''],
  ['', ' '],
] as const;

/** From now on `$localize` says these. */
export function speak(texts: Texts): void {
  const byId = Object.entries(texts).flatMap(([english, text]) => {
    const [said = '', meaning = ''] = english.split('|').reverse();
    // What begins or ends on a line of its own in a template has a space there.
    return FRAMES.map(
      ([before, after]) => [idOf(before + said + after, meaning), before + text + after] as const,
    );
  });
  loadTranslations(Object.fromEntries(byId));
}
