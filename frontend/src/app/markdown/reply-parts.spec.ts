import type { Block } from './block';
import { replyParts } from './reply-parts';

const paragraph = (n: number): Block => ({ type: 'paragraph', markup: `${n}`, links: {}, html: `${n}` });
const heading: Block = { type: 'heading', level: 2, markup: 'h', links: {}, html: 'h' };
const paragraphs = (count: number) => Array.from({ length: count }, (_, n) => paragraph(n));

describe(replyParts.name, () => {
  it('is one part for a reply of a screen', () => {
    const blocks = paragraphs(24);
    expect(replyParts(blocks)).toEqual([blocks]);
    expect(replyParts([])).toEqual([]);
  });

  it('has every block once, in order', () => {
    const blocks = paragraphs(100);
    expect(replyParts(blocks).flat()).toEqual(blocks);
    expect(replyParts(blocks)).toHaveLength(5);
  });

  it('keeps the parts that are as they were', () => {
    const blocks = paragraphs(60);
    const before = replyParts(blocks);
    const after = replyParts([...blocks.slice(0, -1), paragraph(1000), paragraph(1001)], before);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after[2]).not.toBe(before[2]);
  });

  it('leaves a heading with what it is about, and a rule between its neighbours', () => {
    const text = paragraphs(40);
    expect(replyParts([...text.slice(0, 23), heading, ...text.slice(23)])[0]).toHaveLength(25);
    expect(replyParts([...text.slice(0, 24), { type: 'rule' }, ...text.slice(24)])[0]).toHaveLength(26);
  });
});
