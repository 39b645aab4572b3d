import type { Block } from './block';

/** Blocks; about a screen of them. */
const SIZE = 24;

/**
 * The blocks in parts of about a screen. A part that equals the one at its place in `previous` is that very object, so the
 * browser and Angular pass it over as one: what a growing reply costs does not depend on how long it is already.
 */
export function replyParts(
  blocks: readonly Block[],
  previous: readonly (readonly Block[])[] = [],
): readonly (readonly Block[])[] {
  const parts: (readonly Block[])[] = [];
  for (let start = 0; start < blocks.length;) {
    let end = start + SIZE;
    while (end < blocks.length && !mayCut(blocks[end - 1], blocks[end])) end += 1;
    const part = blocks.slice(start, end);
    const before = previous[parts.length];
    parts.push(before && isSame(part, before) ? before : part);
    start = end;
  }
  return parts;
}

/** A heading stays with what it is about, and a rule with both sides: their distances are their own. */
function mayCut(before: Block | undefined, after: Block | undefined): boolean {
  return before?.type !== 'heading' && before?.type !== 'rule' && after?.type !== 'rule';
}

function isSame(part: readonly Block[], before: readonly Block[]): boolean {
  return part.length === before.length && part.every((block, index) => block === before[index]);
}
