import type { MarkedExtension, TokenizerExtension } from 'marked';

/** A line of its own that begins with a letter: no other block can begin so, and nothing can interrupt it. */
const plainParagraph: TokenizerExtension = {
  name: 'paragraph',
  level: 'block',
  tokenizer(text, before) {
    // Within a list item it is no paragraph, and behind a paragraph it would go on with that one.
    if (!this.lexer.state.top || before.at(-1)?.type === 'paragraph') return undefined;
    const [line] = /^[A-Za-z\u0080-\uffff][^\n]*(?=\n[ \t]*\n|\n?$)/.exec(text) ?? [];
    return line === undefined
      ? undefined
      : { type: 'paragraph', raw: line, text: line, tokens: this.lexer.inline(line) };
  },
};

/**
 * A browser compiles an expression when it is asked first, and marked's for blocks are long: some are asked here only where
 * a short one shows that they could match. Tokens are the same, and the first text of a page that has none of these blocks
 * costs half as much.
 */
export const SPARING: MarkedExtension = {
  extensions: [plainParagraph],
  // `false` leaves it to marked.
  tokenizer: {
    blockquote: (text) => startsLike(/^ {0,3}>/, text),
    html: (text) => startsLike(/^ {0,3}</, text),
    // The second line of a table is its columns' alignment.
    table: (text) => startsLike(/^[^\n]*\n[ |:-]+(?:\n|$)/, text),
    // A heading without marks of its own is a paragraph that ends with an underline.
    lheading: (text) => startsLike(/^(?:[^\n]+\n)+? {0,3}(?:=+|-+)[ \t]*(?:\n|$)/, text),
  },
};

function startsLike(start: RegExp, text: string): false | undefined {
  return start.test(text) ? false : undefined;
}
