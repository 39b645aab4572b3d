import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/guarantees.md'), 'utf8');
/** A file and the title of a test in it; an ellipsis stands for what differs from case to case. */
const NAMED = Array.from(
  PAGE.matchAll(/^- `(backend\/test\/\S+)`: “(.+)”$/gm),
  ([, file = '', title = '']) => ({
    file,
    title,
  }),
);

function isIn(source: string, title: string): boolean {
  const pieces = title.split('…').map((piece) => piece.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`['\`]${pieces.join(`[^'\`\\n]*`)}['\`],`).test(source);
}

describe('docs/guarantees.md', () => {
  it('shows every promise by tests', () => {
    const promises =
      PAGE.split('## What is not promised')[0]?.match(/^\*\*.+?\*\*(?:.|\n)*?\n\n(?:- .*)?/gm) ?? [];
    expect(promises.length).toBeGreaterThan(15);
    expect(promises.filter((promise) => !promise.includes('\n\n- `backend/test/'))).toEqual([]);
  });

  it('names no test that does not exist', () => {
    const sourceOf = (file: string): string =>
      existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
    expect(NAMED.filter(({ file, title }) => !isIn(sourceOf(file), title))).toEqual([]);
  });
});
