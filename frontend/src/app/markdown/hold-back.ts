/** A last line that may yet become something else: `-` a list or a rule, `##` a heading, `1` a list, `|--` a table. */
const UNDECIDED =
  /^[ \t>]*(?:[-*+_=~`#|:. \t]+|\d{1,9}[.)]?|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]?\]?)?)?[ \t]*$/;

/**
 * The text without a last line that is only markers so far. Shown at once, `text\n-` would be a
 * heading for a moment, and `- [` a list of brackets; the next characters decide.
 */
export function holdBack(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return UNDECIDED.test(text.slice(start)) ? text.slice(0, start) : text;
}
