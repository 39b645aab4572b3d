/** A stretch of a text that is one of the words searched for, or that stands between them. */
export interface Part {
  readonly text: string;
  readonly marked: boolean;
}

/** The text in stretches, with each of the search's words marked wherever it stands, whatever its case. */
export function markedParts(text: string, search: string): readonly Part[] {
  const words = search.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [{ text, marked: false }];
  // The longest first, or a word would end where another one does that it begins with.
  const patterns = words.sort((a, b) => b.length - a.length).map(literally);
  return text
    .split(new RegExp(`(${patterns.join('|')})`, 'iu'))
    .map((part, index) => ({ text: part, marked: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function literally(word: string): string {
  return word.toWellFormed().replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
