import { formulaAt } from './find-formula';

/** A mark that was opened and waits for its other half. */
interface Opened {
  readonly mark: string;
  readonly at: number;
}

/** More open marks than anybody nests are no marks. */
const DEEPEST = 16;
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /^\s?$/;
/** Half a tag, half a character reference, a backslash that waits for what it escapes. */
const HALF_TOKEN = /(?:<\/?[a-z]{0,4}|&#?\w{0,7}|\\)$/i;

/**
 * Closes what the end of growing text left open, so that marks are not shown raw first and
 * restyled later: `**bo` becomes `**bo**`, `[text](http` becomes `text`.
 * Text whose marks are all closed comes back as it was.
 */
export function closeInline(text: string): string {
  const opened: Opened[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    const formula = char === '\\' || char === '$' ? formulaAt(text, at) : undefined;
    // Half a formula would be shown as its source for a moment.
    if (formula === 'open') return finish(text.slice(0, at), opened);
    if (formula) at += formula.raw.length;
    else if (char === '\\') at += 2;
    else if (char === '`') {
      const run = runAt(text, at);
      const close = closingTicks(text, at + run.length, run);
      if (close === -1) return finish(text, [...opened, { mark: run, at }]);
      at = close + run.length;
    } else if (char === '[') {
      opened.push({ mark: '[', at });
      at += 1;
    } else if (char === ']') {
      const end = endOfLink(text, at, opened);
      if (end === -1) return finish(text.slice(0, at), opened);
      at = end;
    } else if (char === '*' || char === '_' || char === '~') {
      const run = runAt(text, at);
      meetDelimiter(text, at, run, opened);
      at += run.length;
    } else at += 1;
  }
  return finish(text, opened);
}

function runAt(text: string, at: number): string {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return text.slice(at, end);
}

function closingTicks(text: string, from: number, run: string): number {
  for (let at = text.indexOf('`', from); at !== -1;) {
    const found = runAt(text, at);
    if (found.length === run.length) return at;
    at = text.indexOf('`', at + found.length);
  }
  return -1;
}

/** Where reading goes on after the `]` at `at`; -1 when the link's address has not arrived whole. */
function endOfLink(text: string, at: number, opened: Opened[]): number {
  const bracket = opened.findLastIndex(({ mark }) => mark === '[');
  if (bracket === -1) return at + 1;
  const after = text[at + 1];
  if (after === undefined) return -1;
  let end = at + 1;
  if (after === '(') end = closingParenthesis(text, at + 1);
  else if (after === '[') end = text.indexOf(']', at + 1);
  if (end === -1) return -1;
  opened.length = bracket;
  return after === '(' || after === '[' ? end + 1 : end;
}

function closingParenthesis(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && (depth -= 1) === 0) return at;
  }
  return -1;
}

/** Only marks at the edge of a word are trusted: `2*3` and `snake_case` stay as they are. */
function meetDelimiter(text: string, at: number, run: string, opened: Opened[]): void {
  const before = text[at - 1] ?? '';
  const after = text[at + run.length] ?? '';
  const open = opened.findLastIndex(({ mark }) => mark.startsWith(run[0] ?? ''));
  const opener = opened[open];
  // One tilde is "about" far more often than a mark; it counts only as the first half of a closing pair.
  if (run === '~' && (!opener || after !== '')) return;
  if (opener && !SPACE.test(before) && (run[0] !== '_' || !WORD.test(after))) {
    opened.length = open;
    const left = opener.mark.slice(run.length);
    if (left !== '') opened.push({ mark: left, at: opener.at });
  } else if (!SPACE.test(after) && !WORD.test(before)) opened.push({ mark: run, at });
  else if (after === '' && !WORD.test(before)) opened.push({ mark: run, at });
}

function withoutHalfTicks(text: string, { mark, at }: Opened): string {
  return text.slice(0, at + mark.length) + text.slice(at + mark.length).replace(/`+$/, '');
}

/** Takes half a mark off the end, drops brackets that wait for an address, and closes the rest from the inside out. */
function finish(text: string, opened: readonly Opened[]): string {
  if (opened.length > DEEPEST) return text;
  const ticks = opened.at(-1)?.mark.startsWith('`') ? opened.at(-1) : undefined;
  let closed = ticks ? withoutHalfTicks(text, ticks) : text.replace(HALF_TOKEN, '');
  let closers = '';
  for (const { mark, at } of opened.toReversed()) {
    if (mark === '[') {
      const isImage = closed[at - 1] === '!';
      closed = isImage ? closed.slice(0, at - 1) : closed.slice(0, at) + closed.slice(at + 1);
      if (isImage) closers = '';
    } else if (closed.slice(at + mark.length).trim() === '') {
      closed = closed.slice(0, at);
      closers = '';
    } else closers += mark;
  }
  return closers === '' ? closed : closed.trimEnd() + closers;
}
