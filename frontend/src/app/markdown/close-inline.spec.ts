import { closeInline } from './close-inline';

describe(closeInline.name, () => {
  it.each([
    ['**bo', '**bo**'],
    ['a **bold ', 'a **bold**'],
    ['**bold*', '**bold**'],
    ['***x**', '***x***'],
    ['*it', '*it*'],
    ['_it', '_it_'],
    ['**a *b', '**a *b***'],
    ['~~gon', '~~gon~~'],
    ['~~gone~', '~~gone~~'],
    ['a `co', 'a `co`'],
    ['``co`', '``co``'],
    ['**a `b', '**a `b`**'],
  ])('closes %j', (text, closed) => {
    expect(closeInline(text)).toBe(closed);
  });

  it.each([
    ['a **', 'a '],
    ['a `', 'a '],
    ['a [', 'a '],
    ['a ![alt](http', 'a '],
    ['**a ![alt', '**a**'],
    ['a <b', 'a '],
    ['a &am', 'a '],
    ['a \\', 'a '],
  ])('leaves half a mark of %j out', (text, closed) => {
    expect(closeInline(text)).toBe(closed);
  });

  it.each([
    ['see [text', 'see text'],
    ['see [text]', 'see text'],
    ['see [text](', 'see text'],
    ['see [text](http', 'see text'],
    ['see [text](http://a_(b)', 'see text'],
    ['see [text][re', 'see text'],
    ['[**bo', '**bo**'],
  ])('shows the text of the link %j', (text, closed) => {
    expect(closeInline(text)).toBe(closed);
  });

  it.each([
    'plain',
    '**a** *b* _c_ ~~d~~ `e`',
    '[a](http://b) and [c][d] and [e] f',
    '2 * 3 and 2*3 and snake_case',
    'a ~5 b',
    '`*a` and \\*b',
    '![alt](http://a) b',
    'a < b & c',
    '*a **b** c*',
  ])('leaves %j alone', (text) => {
    expect(closeInline(text)).toBe(text);
  });
});
