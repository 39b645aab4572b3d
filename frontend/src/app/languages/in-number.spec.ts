import { inNumber } from './in-number';

describe(inNumber.name, () => {
  afterEach(() => {
    delete $localize.locale;
  });

  it.each([
    ['en', 0, 'words'],
    ['en', 1, 'word'],
    ['en', 2, 'words'],
    ['fr', 0, 'word'],
  ])('in %s, %d has the form of %s', (locale, count, form) => {
    $localize.locale = locale;
    expect(inNumber(count, { one: 'word', other: 'words' })).toBe(form);
  });

  it('knows more than two forms where a language has them', () => {
    $localize.locale = 'pl';
    expect(inNumber(3, { one: 'słowo', few: 'słowa', many: 'słów', other: 'słowa' })).toBe('słowa');
  });
});
