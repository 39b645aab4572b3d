import { formulaAt, formulaBlock } from './find-formula';

describe(formulaAt.name, () => {
  it.each([
    ['\\(x + 1\\) and', '\\(x + 1\\)', 'x + 1', false],
    ['\\[ x \\].', '\\[ x \\]', 'x', true],
    ['$$x$$ so', '$$x$$', 'x', true],
    ['$x$, then', '$x$', 'x', false],
    ['$x_1 + y$ and $z$', '$x_1 + y$', 'x_1 + y', false],
    ['$n$th', '$n$', 'n', false],
    ['$2 \\cdot 3 = 6$', '$2 \\cdot 3 = 6$', '2 \\cdot 3 = 6', false],
    ['$5 \\text{ kilograms of }$', '$5 \\text{ kilograms of }$', '5 \\text{ kilograms of }', false],
    ['$a\\$b$', '$a\\$b$', 'a\\$b', false],
    ['$`a`$', '$`a`$', 'a', false],
    ['\\(a \\\\) b\\)', '\\(a \\\\) b\\)', 'a \\\\) b', false],
    ['$a\nb$', '$a\nb$', 'a\nb', false],
  ])('finds the one in %j', (text, raw, tex, display) => {
    expect(formulaAt(text, 0)).toEqual({ raw, tex, display });
  });

  it.each([
    '$5 and $6',
    '$5–$6 each',
    '$5, or 10$ at most',
    '$20,000 and then $30,000',
    '$HOME/bin:$PATH',
    '$ x$',
    '$x $',
    '$a\n\nb$',
    '\\(a\n\nb\\)',
    '\\(\\)',
    '$$$x$$$',
    '$5 is what `a$b` costs',
    `$${'x'.repeat(1001)}$`,
  ])('finds none in %j', (text) => {
    expect(formulaAt(text, 0)).toBeUndefined();
  });

  it.each(['US$5 to A$6', 'x$y$'])('finds none behind a word: %j', (text) => {
    expect(formulaAt(text, text.indexOf('$'))).toBeUndefined();
  });

  it.each(['$', '$x', '$x + \\frac{some text}', '$5', '\\(a long one that goes on', '\\[', '$$x'])(
    'waits for the end of %j',
    (text) => expect(formulaAt(text, 0)).toBe('open'),
  );

  it('does not wait for the end of a price', () => {
    expect(formulaAt('$5 is what ', 0)).toBeUndefined();
  });
});

describe(formulaBlock.name, () => {
  it.each([
    ['$$\na\n- b\n= c\n$$\n\nmore', '$$\na\n- b\n= c\n$$\n\n', 'a\n- b\n= c'],
    ['\\[\na\n\nb\n\\]\nmore', '\\[\na\n\nb\n\\]\n', 'a\n\nb'],
    ['  $$a$$', '  $$a$$', 'a'],
    ['$$a$$,\nwhere', '$$a$$,\n', 'a,'],
  ])('takes the lines of %j', (text, raw, tex) => {
    expect(formulaBlock(text)).toEqual({ raw, tex, display: true });
  });

  it.each(['$$a$$ is', '$$ is the process\n\nand $$ again', '    $$a$$', '$$$', '$$\n\n$$', 'a $$b$$'])(
    'leaves %j alone',
    (text) => expect(formulaBlock(text)).toBeUndefined(),
  );

  it.each(['$$', '$$\na\n\nb', '\\[ a', '$$ a'])('waits for the end of %j', (text) =>
    expect(formulaBlock(text)).toBe('open'),
  );
});
