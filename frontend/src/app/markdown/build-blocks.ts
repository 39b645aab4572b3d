import type { MarkedToken, Token, Tokens } from 'marked';
import type { Block, CodeBlockContent, Links, ListBlock, ListItem, ProseBlock } from './block';
import { closeInline } from './close-inline';
import { completeTable } from './complete-table';
import { LONGEST_FORMULA } from './find-formula';
import { isFormula, type FormulaToken } from './formula-tokens';
import { replyLexer, renderFormula, renderInline, renderTable, renderVerbatim } from './render-inline';

/** Deeper than anybody writes; beyond it a reply is out to exhaust the stack, and is shown as it came. */
const DEEPEST = 16;
const NO_LINKS: Links = {};

/** What building depends on besides the tokens. */
export interface Building {
  readonly links: Links;
  /** More text may follow the last token. */
  readonly growing: boolean;
  readonly depth: number;
}

/**
 * Blocks of the tokens. Where a block equals the one at its place in `previous`, that very object
 * is returned, so only what changed is rendered again.
 */
export function buildBlocks(
  tokens: readonly Token[],
  building: Building,
  previous: readonly Block[] = [],
): readonly Block[] {
  const blocks: Block[] = [];
  const visible = tokens.filter(isVisible);
  for (const [index, token] of visible.entries()) {
    const growing = building.growing && index === visible.length - 1;
    blocks.push(...blocksOf(token, { ...building, growing }, previous.slice(blocks.length)));
  }
  const same = blocks.length === previous.length && blocks.every((block, index) => block === previous[index]);
  return same ? previous : blocks;
}

function isVisible(token: Token): boolean {
  if (token.type === 'html') return renderVerbatim(token.raw) !== '';
  return token.type !== 'space' && token.type !== 'def' && token.type !== 'checkbox';
}

/** One block, except for a paragraph whose last lines are about to be a table. */
function blocksOf(token: Token, building: Building, previous: readonly Block[]): readonly Block[] {
  if (building.growing && token.type === 'paragraph') {
    const completed = completeTable((token as Tokens.Paragraph).text);
    const tokens = completed === undefined ? [] : replyLexer().blockTokens(completed, []);
    if (tokens.some(({ type }) => type === 'table'))
      return buildBlocks(tokens, building, previous.slice(0, 2));
  }
  return [blockOf(token, building, previous[0])];
}

function blockOf(generic: Token, building: Building, previous?: Block): Block {
  if (building.depth > DEEPEST) return verbatim(generic.raw, previous);
  if (isFormula(generic)) return formula(generic, previous);
  // marked types tokens as "one of these, or anything"; formulas are the only "anything".
  const token = generic as MarkedToken;
  switch (token.type) {
    case 'heading':
      return prose({ type: 'heading', level: token.depth, markup: token.text }, building, previous);
    case 'code':
      return codeBlock(token, building, previous);
    case 'table':
      return table(token, building, previous);
    case 'list':
      return list(token, building, previous);
    case 'blockquote': {
      const before = previous?.type === 'quote' ? previous : undefined;
      const blocks = buildBlocks(token.tokens, deeper(building), before?.blocks);
      return before?.blocks === blocks ? before : { type: 'quote', blocks };
    }
    case 'hr':
      return previous?.type === 'rule' ? previous : { type: 'rule' };
    case 'html':
      return verbatim(token.raw, previous);
    case 'text':
      return prose({ type: 'text', markup: token.text }, building, previous);
    case 'paragraph':
      return prose({ type: 'paragraph', markup: token.text }, building, previous);
    default:
      return verbatim(token.raw, previous);
  }
}

function deeper(building: Building): Building {
  return { ...building, depth: building.depth + 1 };
}

type Described =
  | { readonly type: 'paragraph' | 'text'; readonly markup: string }
  | { readonly type: 'heading'; readonly level: number; readonly markup: string };

function prose(described: Described, { links, growing }: Building, previous?: Block): ProseBlock {
  const markup = growing ? closeInline(described.markup) : described.markup;
  const used = usedLinks(markup, links);
  const before = proseLike(previous, described.type);
  if (before?.markup === markup && before.links === used && levelOf(before) === levelOf(described))
    return before;
  const html = once(() => renderInline(markup, used));
  if (before?.markup === markup && before.html === html() && levelOf(before) === levelOf(described))
    return before;
  return {
    ...described,
    markup,
    links: used,
    get html() {
      return html();
    },
  };
}

/** Most of a long reply is not shown at once, and rendered when it is. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

function table(token: Tokens.Table, { links, growing }: Building, previous?: Block): ProseBlock {
  const before = proseLike(previous, 'table');
  const used = usedLinks(token.raw, links);
  // Cells of a growing table are closed one by one, so its own text does not tell whether it changed.
  const markup = growing ? '' : token.raw;
  if (!growing && before?.markup === markup && before.links === used) return before;
  const html = renderTable(token, used, growing ? closeInline : (cell) => cell);
  return before?.html === html ? before : { type: 'table', markup, links: used, html };
}

function verbatim(raw: string, previous?: Block): ProseBlock {
  const before = proseLike(previous, 'verbatim');
  if (before?.markup === raw) return before;
  return { type: 'verbatim', markup: raw, links: NO_LINKS, html: renderVerbatim(raw) };
}

function formula({ tex, open }: Pick<FormulaToken, 'tex' | 'open'>, previous?: Block): ProseBlock {
  const html = renderFormula({ tex, open, display: true });
  const before = proseLike(previous, 'formula');
  return before?.html === html ? before : { type: 'formula', markup: tex, links: NO_LINKS, html };
}

function proseLike(block: Block | undefined, type: ProseBlock['type']): ProseBlock | undefined {
  return block?.type === type ? block : undefined;
}

function levelOf(block: Described | ProseBlock): number {
  return block.type === 'heading' ? block.level : 0;
}

/** Without a bracket, no link definition can matter, and a new one must not render the block again. */
function usedLinks(markup: string, links: Links): Links {
  return markup.includes('[') ? links : NO_LINKS;
}

function codeBlock(token: Tokens.Code, { growing }: Building, previous?: Block): Block {
  const fence = /^ *(`{3,}|~{3,})/.exec(token.raw)?.[1];
  const lines = token.raw.trimEnd().split('\n');
  const closed = fence !== undefined && lines.length > 1 && isClosing(lines.at(-1) ?? '', fence);
  // Half a first line is half a language name.
  const language = growing && !token.raw.includes('\n') ? '' : languageOf(token.lang);
  if (growing && !closed) return openFence(token.text, language, previous);
  return fenced({ type: 'code', code: token.text, language, open: false }, previous);
}

/** What goes on between fences. Blank lines at its end wait for what follows; mostly it is the closing fence. */
export function openFence(code: string, language: string, previous?: Block): Block {
  return fenced({ type: 'code', code: code.replace(/\n+$/, ''), language, open: true }, previous);
}

/** Code, or the earlier object when it says the same. A fence that says "math" is a formula. */
function fenced(block: CodeBlockContent, previous?: Block): Block {
  if (block.language === 'math' && block.code.length <= LONGEST_FORMULA)
    return formula({ tex: block.code, open: block.open }, previous);
  const same =
    previous?.type === 'code' &&
    previous.code === block.code &&
    previous.language === block.language &&
    previous.open === block.open;
  return same ? previous : block;
}

/** The first word after the fence; the rest is for other tools. */
export function languageOf(info: string | undefined): string {
  return /^[^\s{:,]*/.exec(info?.trim() ?? '')?.[0] ?? '';
}

function isClosing(line: string, fence: string): boolean {
  const marks = line.trim();
  return marks.startsWith(fence) && marks === fence.charAt(0).repeat(marks.length);
}

function list(token: Tokens.List, building: Building, previous?: Block): ListBlock {
  const before = previous?.type === 'list' ? previous : undefined;
  const items = token.items.map((item, index) => {
    const growing = building.growing && index === token.items.length - 1;
    return listItem(item, { ...deeper(building), growing }, before?.items[index]);
  });
  const start = token.start === '' ? 1 : token.start;
  const same =
    before?.ordered === token.ordered &&
    before.start === start &&
    before.items.length === items.length &&
    items.every((item, index) => item === before.items[index]);
  return same ? before : { type: 'list', ordered: token.ordered, start, items };
}

function listItem(item: Tokens.ListItem, building: Building, previous?: ListItem): ListItem {
  const task = item.task ? (item.checked ? 'done' : 'open') : 'none';
  const blocks = buildBlocks(item.task ? withoutBox(item) : item.tokens, building, previous?.blocks);
  return previous?.task === task && previous.blocks === blocks ? previous : { task, blocks };
}

/** marked writes the box of a loose task back into the text of its first paragraph; here it is an element of its own. */
function withoutBox(item: Tokens.ListItem): Token[] {
  const tokens = item.tokens.filter(({ type }) => type !== 'checkbox');
  const [first, ...rest] = tokens;
  if (!item.loose || (first?.type !== 'paragraph' && first?.type !== 'text')) return tokens;
  const text = (first as Tokens.Paragraph).text.replace(/^\[[ xX]\][ \t]+/, '');
  return text === '' ? rest : [{ ...first, text }, ...rest];
}
