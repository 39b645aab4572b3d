import type { Token } from 'marked';
import type { Block, Links } from './block';
import { buildBlocks, languageOf, openFence } from './build-blocks';
import type { Growth } from './formula-tokens';
import { holdBack } from './hold-back';
import { replyLexer } from './render-inline';

/** A reply as far as it was read. Each step returns the next one; none is changed. */
export interface SplitReply {
  readonly source: string;
  readonly blocks: readonly Block[];
  /** How many of the blocks, from the start, no later text can change. */
  readonly finished: number;
  /** The text after them: all that is lexed when more arrives. */
  readonly tail: string;
  readonly links: Links;
}

export const EMPTY_REPLY: SplitReply = { source: '', blocks: [], finished: 0, tail: '', links: {} };

/**
 * The reply with more text. Costs as much as its unfinished end, not as the whole:
 * blocks are finished once the block after them has begun for certain.
 */
export function growReply(reply: SplitReply, source: string): SplitReply {
  if (!continues(reply, source)) return growReply(EMPTY_REPLY, source);
  const tail = reply.tail + newText(reply.source, source);
  const shown = holdBack(tail);
  const fence = unclosedFence(shown, reply.blocks[reply.finished]);
  const before = reply.blocks.slice(0, reply.finished);
  if (fence) return { ...reply, source, tail, blocks: [...before, fence] };

  const tokens = lex(shown, reply.links, 'growing');
  const cut = lastCut(tokens, tail);
  const committed = tokens.slice(0, cut.index);
  const links = withDefinitions(reply.links, committed);
  const previous = reply.blocks.slice(reply.finished);
  const done = buildBlocks(committed, { links, growing: false, depth: 0 }, previous);
  const rest = buildBlocks(
    tokens.slice(cut.index),
    { links: withDefinitions(links, tokens.slice(cut.index)), growing: true, depth: 0 },
    previous.slice(done.length),
  );
  return {
    source,
    links,
    tail: tail.slice(cut.offset),
    finished: before.length + done.length,
    blocks: [...before, ...done, ...rest],
  };
}

/** The reply, complete: lexed once as a whole, which settles what its growth could only guess. */
export function finishReply(reply: SplitReply, source: string): SplitReply {
  const previous = continues(reply, source) ? reply.blocks : [];
  const tail = withLineFeeds(source);
  const tokens = lex(tail, {}, 'whole');
  const links = withDefinitions({}, tokens);
  const blocks = buildBlocks(tokens, { links, growing: false, depth: 0 }, previous);
  return { source, blocks, finished: 0, tail, links: {} };
}

/** Comparing whole strings is ten times as fast as `startsWith`, which goes letter by letter. */
function continues(reply: SplitReply, source: string): boolean {
  return source.slice(0, reply.source.length) === reply.source;
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** What was added, where a line end may have been cut in two. */
function newText(before: string, source: string): string {
  const added = source.slice(before.length);
  return withLineFeeds(before.endsWith('\r') && added.startsWith('\n') ? added.slice(1) : added);
}

function lex(text: string, links: Links, growth: Growth): readonly Token[] {
  try {
    return replyLexer(links, growth).blockTokens(text, []);
  } catch (error) {
    // Thousands of nested quotes exhaust the stack; such a text is shown as it came.
    if (!(error instanceof RangeError)) throw error;
    return [{ type: 'html', raw: text, text, block: true, pre: false }];
  }
}

/**
 * A code block at the start of the tail that has not been closed needs no lexer: everything is code.
 * It is the one block that grows long, and this keeps its growth cheap.
 */
function unclosedFence(shown: string, previous?: Block): Block | undefined {
  const [opening, backticks, tildes] = /^(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)\n/.exec(shown) ?? [];
  const fence = backticks ?? tildes;
  if (opening === undefined || fence === undefined) return undefined;
  const closing = new RegExp(`\\n {0,3}${fence}${fence.charAt(0)}* *(?:\\n|$)`);
  const body = shown.slice(opening.length - 1);
  if (closing.test(body)) return undefined;
  return openFence(body.slice(1), languageOf(opening.slice(fence.length)), previous);
}

/** Where the last token starts that begins a block for certain, whatever comes before or after it. */
function lastCut(tokens: readonly Token[], tail: string): { index: number; offset: number } {
  let cut = { index: 0, offset: 0 };
  let offset = 0;
  for (const [index, token] of tokens.entries()) {
    if (!tail.startsWith(token.raw, offset)) break;
    if (beginsBlock(token, tokens[index - 1]) && tail.includes('\n', offset)) cut = { index, offset };
    offset += token.raw.length;
  }
  return cut;
}

/**
 * A blank line before it and a whole first line: then no list, quote or paragraph can take the block in.
 * Fences and headings need no blank line.
 */
function beginsBlock(token: Token, before: Token | undefined): boolean {
  if (token.type === 'space' || token.type === 'def') return false;
  if (before?.type === 'space') return true;
  return token.type === 'code'
    ? /^ {0,3}[`~]/.test(token.raw)
    : /^ {0,3}#/.test(token.raw) && token.type === 'heading';
}

function withDefinitions(links: Links, tokens: readonly Token[]): Links {
  const added = Object.create(null) as Record<string, Links[string]>;
  for (const token of tokens) {
    if (token.type !== 'def') continue;
    const { tag, href, title } = token as { tag: string; href: string; title?: string };
    if (!Object.hasOwn(links, tag) && !Object.hasOwn(added, tag)) added[tag] = { href, title };
  }
  return Object.keys(added).length === 0 ? links : { ...links, ...added };
}
