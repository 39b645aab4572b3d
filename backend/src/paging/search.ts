import { AppError } from '../errors/app-error.js';

/** Longest search, in UTF-16 code units: every word of it may be looked for in every text. */
export const MAX_SEARCH_LENGTH = 200;

/** What is searched for; undefined where that is nothing. NUL stands in no text that PostgreSQL keeps. */
export function searchWords(search: string | undefined): string | undefined {
  const words = search?.replaceAll('\0', '').trim();
  return words === '' ? undefined : words;
}

/**
 * The words of which a text must have all, in any order; none where nothing is searched for. Throws VALIDATION_FAILED
 * for more than `MAX_SEARCH_LENGTH`.
 */
export function searchedWords(search: string | undefined): string[] {
  const words = searchWords(search)?.toWellFormed() ?? '';
  if (words.length > MAX_SEARCH_LENGTH) {
    throw new AppError('VALIDATION_FAILED', `A search has ${MAX_SEARCH_LENGTH} characters at most.`);
  }
  return [...new Set(words.split(/\s+/).filter((word) => word !== ''))];
}
