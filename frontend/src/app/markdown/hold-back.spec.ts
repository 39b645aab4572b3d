import { holdBack } from './hold-back';

describe(holdBack.name, () => {
  it.each([
    '-',
    '- ',
    '--',
    '*',
    '**',
    '1',
    '12.',
    '#',
    '## ',
    '>',
    '> -',
    '```',
    '~~~',
    '|',
    '|--',
    '| :-',
    '- [',
    '- [x]',
    '==',
    '  - ',
  ])('waits with %j for what it becomes', (line) => {
    expect(holdBack(`text\n${line}`)).toBe('text\n');
  });

  it.each(['a', '- a', '1. a', '# A', '> a', '```js', '| a', '**a', '- [x] a', '42 is', ''])(
    'shows %j',
    (line) => {
      expect(holdBack(`text\n${line}`)).toBe(`text\n${line}`);
    },
  );
});
