/** What is searched for; undefined where that is nothing. NUL stands in no text that PostgreSQL keeps. */
export function searchWords(search: string | undefined): string | undefined {
  const words = search?.replaceAll('\0', '').trim();
  return words === '' ? undefined : words;
}
