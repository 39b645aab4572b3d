/** A number as people write it in the page's language. */
export function counted(count: number, options?: Intl.NumberFormatOptions): string {
  return count.toLocaleString($localize.locale, options);
}
