/** Where the words that were searched for stand in a chat whose title does not have them. */
export interface SearchHit {
  readonly messageId: string;
  readonly excerpt: string;
}

const BEFORE = 40;
const LENGTH = 160;

/** A line of the text from a little before the first of the words; `…` where something was left out. */
export function excerptOf(content: string, words: readonly string[]): string {
  const text = content.trim().replaceAll(/\s+/g, ' ');
  const pattern = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|');
  const at = Math.max(0, text.search(new RegExp(pattern, 'iu')));
  const from = at <= BEFORE ? 0 : text.lastIndexOf(' ', at - BEFORE) + 1 || at - BEFORE;
  const start = Math.max(from, at - 2 * BEFORE);
  const cut = text.slice(start, start + LENGTH);
  const shown = cut.toWellFormed().replaceAll('\ufffd', '');
  return `${start > 0 ? '…' : ''}${shown}${start + LENGTH < text.length ? '…' : ''}`;
}
