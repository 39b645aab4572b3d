import type { Texts } from './texts';

/** A language that the page speaks. */
export interface PageLanguage {
  /** As in `lang`. */
  readonly tag: string;
  /** As its speakers call it. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** What the page says in it; `null`: what stands in the sources. */
  readonly texts: (() => Promise<Texts>) | null;
}

/** What the page is written in, and speaks where nothing else is wanted. */
export const ENGLISH: PageLanguage = { tag: 'en', name: 'English', direction: 'ltr', texts: null };

export const LANGUAGES: readonly PageLanguage[] = [
  ENGLISH,
  { tag: 'de', name: 'Deutsch', direction: 'ltr', texts: async () => (await import('./german')).GERMAN },
];

/** The language that was picked, else the first that the browser's owner reads, else English. */
export function languageFor(picked: string | null, read: readonly string[]): PageLanguage {
  const wanted = [...(picked === null ? [] : [picked]), ...read].map(languageOf);
  const tag = wanted.find((one) => LANGUAGES.some((language) => language.tag === one));
  return LANGUAGES.find((language) => language.tag === tag) ?? ENGLISH;
}

/** How numbers and times are written in it: as people do where the browser's owner is, as far as that is known. */
export function localeFor({ tag }: PageLanguage, read: readonly string[]): string {
  return read.find((one) => languageOf(one) === tag) ?? tag;
}

/** `de` of `de-AT`. */
function languageOf(locale: string): string {
  return locale.split('-', 1)[0]?.toLowerCase() ?? '';
}
