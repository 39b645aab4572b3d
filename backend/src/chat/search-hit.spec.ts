import { describe, expect, it } from '@jest/globals';
import { excerptOf } from './search-hit.js';

describe(excerptOf.name, () => {
  const around = `${'before '.repeat(40)}the Äpfel fell ${'after '.repeat(40)}`;

  it('shows the word with what stands around it, cut at a word where the text went on', () => {
    const excerpt = excerptOf(around, ['äpfel']);
    expect(excerpt).toMatch(/^…before (before )*the Äpfel fell after /);
    expect(excerpt).toMatch(/[a-z]…$/);
    expect(excerpt.length).toBeLessThanOrEqual(162);
  });

  it('begins with the word that comes first', () => {
    expect(excerptOf('one two three', ['three', 'two'])).toBe('one two three');
    expect(excerptOf(around, ['fell', 'äpf'])).toContain('Äpfel');
  });

  it('is one line, whatever the message is', () => {
    expect(excerptOf('# Title\n\n- first\n- second\n', ['second'])).toBe('# Title - first - second');
  });

  it('takes what means something to a pattern as itself', () => {
    expect(excerptOf(`${'x '.repeat(200)}a[0]+(b/c) done`, ['[0]+(', 'b/c)'])).toContain('a[0]+(b/c) done');
  });

  it('finds its place in a text without spaces, and breaks no character in two', () => {
    const excerpt = excerptOf(`${'👋'.repeat(200)}你好${'👋'.repeat(200)}`, ['你好']);
    expect(excerpt).toContain('你好');
    expect(excerpt.isWellFormed()).toBe(true);
    expect(excerpt).not.toContain('\ufffd');
  });
});
