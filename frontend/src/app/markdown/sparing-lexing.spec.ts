import { Lexer, Marked } from 'marked';
import { formulaSyntax } from './formula-tokens';
import { SPARING } from './sparing-lexing';

const LINES = [
  '',
  '',
  '',
  '',
  '   ',
  '\t',
  'A line of text',
  'Another **one** with `code`',
  'für sich',
  '日本語の行',
  '\u2028',
  'x',
  '> quoted',
  '>',
  '   > indented',
  '> - listed',
  '> > twice',
  'lazy | line',
  '- item',
  '  - nested',
  '-',
  '1. one',
  '2) two',
  '* * *',
  '---',
  '   ---',
  '===',
  '=',
  '== ',
  '--\t',
  '-----x',
  '| a | b |',
  '|---|---|',
  'a | b',
  '--- | :-:',
  ':-',
  '|-',
  'a',
  '<div>',
  '</div>',
  '  <p>',
  '<b>x</b>',
  '<!-- note',
  '-->',
  '<https://a.example>',
  '```ts',
  '~~~',
  '# heading',
  '#none',
  '    code',
  '[a]: https://a.example',
  '[a]',
  '$$',
  '$$x$$',
  '\\[x\\]',
  '\\]',
  '- [ ] task',
  '  more',
  '\\# no heading',
  '&amp;',
  'https://a.example',
];

describe('lexing that asks no expression without need', () => {
  it.each(['whole', 'growing'] as const)('finds what marked finds, in a %s text', (growth) => {
    const options = { gfm: true, breaks: true, silent: true };
    const plain = new Marked(options, formulaSyntax(growth)).defaults;
    const sparing = new Marked(options, formulaSyntax(growth), SPARING).defaults;
    const random = randomNumbers(7);
    for (let count = 0; count < 6_000; count += 1) {
      const lines = Array.from({ length: 1 + random(8) }, () => LINES[random(LINES.length)]);
      const text = lines.join('\n') + (random(2) === 0 ? '\n' : '');
      expect({ text, tokens: new Lexer(sparing).lex(text) }).toEqual({
        text,
        tokens: new Lexer(plain).lex(text),
      });
    }
  });
});

/** Whole numbers below a bound, always the same ones for a seed (mulberry32). */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
