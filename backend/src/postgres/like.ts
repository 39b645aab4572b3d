/** A pattern of LIKE for whatever has `text` in it, with `%`, `_` and `\\` as themselves. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
