const formats = new Map<string, Intl.NumberFormat>();

/** A number as people write it in the page's language. */
export function counted(count: number, options?: Intl.NumberFormatOptions): string {
  if (!options && isShort(count)) return String(count);
  return formatOf(options).format(count);
}

/** All languages of the page write it alike, and a browser's first format takes longer than all else about a message. */
function isShort(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count < 1000;
}

function formatOf(options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([$localize.locale, options]);
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat($localize.locale, options);
  formats.set(key, format);
  return format;
}
