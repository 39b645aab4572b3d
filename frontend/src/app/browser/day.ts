/** A day as people write it in the page's language: "1 December 2026". */
export function day(instant: string): string {
  return new Date(instant).toLocaleDateString($localize.locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}
