const TABLE_LINE = /^ {0,3}\|/;

/**
 * The text with a delimiter row behind its last line, when that line looks like a table's header;
 * otherwise nothing. Until the real row is there, a header would be shown as a line of pipes.
 */
export function completeTable(text: string): string | undefined {
  const lines = text.trimEnd().split('\n');
  const header = lines.at(-1) ?? '';
  if (!TABLE_LINE.test(header) || TABLE_LINE.test(lines.at(-2) ?? '')) return undefined;
  const cells = header
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/);
  return `${lines.join('\n')}\n|${' --- |'.repeat(cells.length)}`;
}
