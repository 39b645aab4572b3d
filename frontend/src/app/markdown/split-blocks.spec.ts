import type { Block } from './block';
import { EMPTY_REPLY, finishReply, growReply } from './split-blocks';
import { SAMPLE_DOCUMENTS, longReply, prefixes } from './testing/sample-documents';

const whole = (source: string) => finishReply(EMPTY_REPLY, source).blocks;
const grown = (pieces: readonly string[]) => pieces.reduce(growReply, EMPTY_REPLY);

describe(growReply.name, () => {
  describe.each(Object.entries(SAMPLE_DOCUMENTS))('%s', (name, text) => {
    it.each([1, 2, 3, 7, 19])('ends as if it had come whole, in pieces of %d', (step) => {
      const reply = grown(prefixes(text, step));
      expect(lookOf(finishReply(reply, text).blocks)).toEqual(lookOf(whole(text)));
    });

    it('shows every prefix as if nothing had been read before it', () => {
      // A definition that follows reaches finished blocks when the reply ends, not before.
      if (name === 'reference links') return;
      let reply = EMPTY_REPLY;
      for (const prefix of prefixes(text, 1)) {
        reply = growReply(reply, prefix);
        expect({ prefix, blocks: lookOf(reply.blocks) }).toEqual({
          prefix,
          blocks: lookOf(growReply(EMPTY_REPLY, prefix).blocks),
        });
      }
    });
  });

  it('keeps the objects of finished blocks, and of those the end did not change', () => {
    const reply = grown(['# A\n\nfirst\n\nsecond\n\nthi']);
    const more = growReply(reply, '# A\n\nfirst\n\nsecond\n\nthird');
    expect(more.blocks.slice(0, 3).every((block, index) => block === reply.blocks[index])).toBe(true);
    const done = finishReply(more, more.source);
    expect(done.blocks.every((block, index) => block === more.blocks[index])).toBe(true);
  });

  it('keeps earlier items of a growing list', () => {
    const before = grown(['- a\n- b\n- c']).blocks[0];
    const after = grown(['- a\n- b\n- c', '- a\n- b\n- c d']).blocks[0];
    const items = (block?: Block) => (block?.type === 'list' ? block.items : []);
    expect(items(after)).toHaveLength(3);
    expect(items(after)).not.toBe(items(before));
    const reply = grown(['- a\n- b\n- c']);
    const more = growReply(reply, '- a\n- b\n- c d');
    expect(items(more.blocks[0]).slice(0, 2)).toEqual(items(reply.blocks[0]).slice(0, 2));
    expect(items(more.blocks[0])[0]).toBe(items(reply.blocks[0])[0]);
  });

  it('starts over when the text is another one', () => {
    expect(grown(['# A\n\ntext', 'other']).blocks).toEqual(grown(['other']).blocks);
  });

  it('goes on after it was finished', () => {
    const text = 'one\n\n- a\n- b';
    const reply = growReply(finishReply(grown([text]), text), `${text} c\n\nend`);
    expect(finishReply(reply, reply.source).blocks).toEqual(whole(reply.source));
  });

  it('joins a line end that was cut in two', () => {
    expect(finishReply(grown(['a\r', 'a\r\nb']), 'a\r\nb').blocks).toEqual(whole('a\nb'));
    expect(grown(['a\r', 'a\r\nb', 'a\r\nb\n\nc']).tail).not.toContain('\r');
  });

  it('lexes only the unfinished end', () => {
    let reply = EMPTY_REPLY;
    let longest = 0;
    for (const prefix of prefixes(longReply(20_000), 5)) {
      reply = growReply(reply, prefix);
      longest = Math.max(longest, reply.tail.length);
    }
    expect(longest).toBeLessThan(400);
  });

  it('shows an open fence as code, and its language once the line is whole', () => {
    expect(grown(['```py']).blocks).toEqual([{ type: 'code', code: '', language: '', open: true }]);
    expect(grown(['```py\nprint(']).blocks).toEqual([
      { type: 'code', code: 'print(', language: 'py', open: true },
    ]);
    expect(grown(['```py\nx\n```\n']).blocks).toEqual([
      { type: 'code', code: 'x', language: 'py', open: false },
    ]);
  });

  it('shows a table from its header on', () => {
    expect(grown(['Text\n\n| a | b']).blocks.map(({ type }) => type)).toEqual(['paragraph', 'table']);
    expect(grown(['| a | b |\n|--']).blocks.map(({ type }) => type)).toEqual(['table']);
  });

  it.each([
    ['quotes', '>'.repeat(20_000)],
    ['lists', '- '.repeat(3_000) + 'x'],
    ['brackets', '['.repeat(20_000)],
    ['stars', '*a '.repeat(10_000)],
    ['ticks', '`a``'.repeat(5_000)],
  ])('survives thousands of %s', (_name, text) => {
    expect(() => finishReply(grown([text]), text)).not.toThrow();
  });
});

/** What is seen of blocks; which links they knew is not. */
function lookOf(blocks: readonly Block[]): unknown {
  return JSON.parse(
    JSON.stringify(blocks, (key, value: unknown) =>
      key === 'links' || key === 'markup' ? undefined : value,
    ),
  );
}
