/** A formula in running text, with its delimiters (`raw`) and without (`tex`). */
export interface Formula {
  readonly raw: string;
  readonly tex: string;
  /** On a line of its own. */
  readonly display: boolean;
}

/** Characters; longer than anybody writes, and short enough that setting it in type takes no time to speak of. */
export const LONGEST_FORMULA = 4000;
const LONGEST = { inline: 1000, display: LONGEST_FORMULA } as const;

const WORD = /[\p{L}\p{N}]/u;
const BLANK_LINE = /\n[ \t]*\n/;
/** An ordinary word between ordinary spaces, once commands and what is in braces are gone. */
const PROSE = /(?:^|[\s,.;])\p{L}{2,}[\s,.;:!?]/u;
const ORDINAL = /^(?:st|nd|rd|th|s)(?![\p{L}\p{N}])/u;

/**
 * The formula that begins at `at`; 'open' when its end may be yet to come.
 *
 * `\(…\)`, `\[…\]` and `$$…$$` mean what they say. One dollar is a price more often than not, so it needs what pandoc
 * asks for: no space within its edges, and no digit behind. Neither a word before it nor prose behind a number is a formula.
 */
export function formulaAt(text: string, at: number): Formula | 'open' | undefined {
  const before = text[at - 1] ?? '';
  if (text.startsWith('\\(', at)) return delimited(text, at, '\\)', false);
  if (text.startsWith('\\[', at)) return delimited(text, at, '\\]', true);
  if (text[at] !== '$' || before === '$' || WORD.test(before) || text.startsWith('$$$', at)) return undefined;
  return text[at + 1] === '$' ? delimited(text, at, '$$', true) : betweenDollars(text, at);
}

/**
 * The formula that has the lines at the start of `text` for itself; 'open' as above. Inside `\[` and below a line that is
 * `$$` alone, blank lines are part of it.
 */
export function formulaBlock(text: string): Formula | 'open' | undefined {
  const [, indent = '', opening = ''] = /^( {0,3})(\$\$(?!\$)|\\\[)/.exec(text) ?? [];
  if (opening === '') return undefined;
  const close = opening === '$$' ? '$$' : '\\]';
  const start = indent.length + opening.length;
  const end = closing(text, start, close, LONGEST.display);
  const lone = opening === '\\[' || /^[ \t]*\n/.test(text.slice(start));
  const inside = text.slice(start, end === -1 ? undefined : end);
  if (inside.length > LONGEST.display || (!lone && BLANK_LINE.test(inside))) return undefined;
  if (end === -1) return 'open';
  const [rest, mark = ''] = /^[ \t]*([.,;:]?)[ \t]*(?:\n+|$)/.exec(text.slice(end + close.length)) ?? [];
  if (rest === undefined || inside.trim() === '') return undefined;
  return { raw: text.slice(0, end + close.length + rest.length), tex: inside.trim() + mark, display: true };
}

function delimited(text: string, at: number, close: string, display: boolean): Formula | 'open' | undefined {
  const start = at + close.length;
  const longest = LONGEST[display ? 'display' : 'inline'];
  const end = closing(text, start, close, longest);
  const tex = text.slice(start, end === -1 ? undefined : end);
  if (tex.length > longest || BLANK_LINE.test(tex)) return undefined;
  if (end === -1) return 'open';
  if (tex.trim() === '') return undefined;
  return { raw: text.slice(at, end + close.length), tex: tex.trim(), display };
}

function betweenDollars(text: string, at: number): Formula | 'open' | undefined {
  const start = at + 1;
  const end = closing(text, start, '$', LONGEST.inline);
  const inside = text.slice(start, end === -1 ? undefined : end);
  if (inside.length > LONGEST.inline || /^\s/.test(inside) || BLANK_LINE.test(inside)) return undefined;
  if (end === -1) return isProse(inside) ? undefined : 'open';
  const after = text.slice(end + 1, end + 4);
  if (/\s$/.test(inside) || (WORD.test(after.charAt(0)) && !ORDINAL.test(after))) return undefined;
  if (/^\d/.test(inside) && isProse(inside)) return undefined;
  const quoted = /^`([^`]+)`$/.exec(inside)?.[1];
  if (quoted === undefined && inside.includes('`')) return undefined;
  return { raw: text.slice(at, end + 1), tex: quoted ?? inside, display: false };
}

/** Where `close` stands next; a backslash takes whatever follows it along. -1: nowhere near. */
function closing(text: string, from: number, close: string, longest: number): number {
  if (!text.includes(close, from)) return -1;
  for (let at = from; at <= from + longest; at += text[at] === '\\' ? 2 : 1) {
    if (text.startsWith(close, at)) return at;
  }
  return -1;
}

function isProse(inside: string): boolean {
  return PROSE.test(inside.replace(/\\[a-z]+|\{[^{}]*\}/gi, ''));
}
