import type { MarkedExtension, TokenizerExtension, Tokens } from 'marked';
import { formulaAt, formulaBlock } from './find-formula';

/** What the lexer makes of a formula; `open`: its end has not arrived. */
export interface FormulaToken {
  readonly type: 'formula';
  readonly raw: string;
  readonly tex: string;
  readonly display: boolean;
  readonly open: boolean;
}

/** Whether more text may follow what is lexed, so that an end that is missing may be yet to come. */
export type Growth = 'growing' | 'whole';

/** What makes marked know formulas. */
export function formulaSyntax(growth: Growth): MarkedExtension {
  return {
    extensions: [inline, growth === 'growing' ? growingBlock : wholeBlock],
    hooks: { emStrongMask: withoutFormulas },
  };
}

export function isFormula(token: { readonly type: string }): token is FormulaToken {
  return token.type === 'formula';
}

const inline: TokenizerExtension = {
  name: 'formula',
  level: 'inline',
  start: (text) => /\$|\\[([]/.exec(text)?.index,
  tokenizer(text, before) {
    // A dollar behind a letter or a digit is none of ours, so what stands before it has to be looked at.
    const last = before.at(-1)?.raw.at(-1) ?? '';
    const formula = formulaAt(last + text, last.length);
    return formula && formula !== 'open' ? { type: 'formula', open: false, ...formula } : undefined;
  },
};

/** Where, within the paragraph that `text` begins with, a formula of its own lines begins. */
function blockStart(text: string): number | undefined {
  const [paragraph = ''] = /^(?:.|\n(?![ \t]*\n))*/.exec(text) ?? [];
  for (const { index } of paragraph.matchAll(/(?<=\n) {0,3}(?:\$\$|\\\[)/g)) {
    if (formulaBlock(text.slice(index)) !== undefined) return index;
  }
  return undefined;
}

const wholeBlock: TokenizerExtension = {
  name: 'formula',
  level: 'block',
  start: blockStart,
  tokenizer(text) {
    const formula = formulaBlock(text);
    return formula && formula !== 'open' ? { type: 'formula', open: false, ...formula } : undefined;
  },
};

const growingBlock: TokenizerExtension = {
  ...wholeBlock,
  tokenizer(text) {
    const formula = formulaBlock(text);
    if (formula !== 'open') return formula && { type: 'formula', open: false, ...formula };
    return {
      type: 'formula',
      raw: text,
      tex: text.trim(),
      display: true,
      open: true,
    } satisfies Tokens.Generic;
  },
};

/** Stars and underscores inside a formula open and close nothing outside. */
function withoutFormulas(text: string): string {
  if (!/[$\\]/.test(text)) return text;
  let masked = '';
  for (let at = 0; at < text.length;) {
    const formula = '$\\'.includes(text.charAt(at)) ? formulaAt(text, at) : undefined;
    const raw = formula && formula !== 'open' ? formula.raw : undefined;
    masked += raw === undefined ? text.charAt(at) : `[${'a'.repeat(raw.length - 2)}]`;
    at += raw?.length ?? 1;
  }
  return masked;
}
