import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

/** What a page promises, and the tests that it names. */
function pageOf(file: string) {
  const page = readFileSync(join(ROOT, file), 'utf8');
  return {
    promises: page.split(/^## What is not /m)[0]?.match(/^\*\*.+?\*\*(?:.|\n)*?\n\n(?:- .*)?/gm) ?? [],
    /** A file and the title of a test in it; an ellipsis stands for what differs from case to case. */
    named: Array.from(
      page.matchAll(/^- `((?:backend|frontend)\/\S+)`: “(.+)”$/gm),
      ([, file = '', title = '']) => ({ file, title }),
    ),
  };
}

function isIn(source: string, title: string): boolean {
  const pieces = title.split('…').map((piece) => piece.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`['\`]${pieces.join(`[^'\`\\n]*`)}['\`],`).test(source);
}

describe.each(['docs/guarantees.md', 'docs/security.md'])('%s', (page) => {
  const { promises, named } = pageOf(page);

  it('shows every promise by tests', () => {
    expect(promises.length).toBeGreaterThan(15);
    expect(promises.filter((promise) => !/\n\n- `(backend\/test|frontend\/e2e)\//.test(promise))).toEqual([]);
  });

  it('names no test that does not exist', () => {
    const sourceOf = (file: string): string =>
      existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
    expect(named.filter(({ file, title }) => !isIn(sourceOf(file), title))).toEqual([]);
  });
});
