import { counted } from './counted';

describe(counted.name, () => {
  const spoken = $localize.locale;
  afterEach(() => {
    $localize.locale = spoken;
  });

  it.each([
    ['en', 1_234_567, '1,234,567'],
    ['de', 1_234_567, '1.234.567'],
    ['de', -12.5, '-12,5'],
  ])('writes a number as people do in %s', (locale, count, written) => {
    $localize.locale = locale;
    expect(counted(count)).toBe(written);
  });

  it.each(['en', 'en-IN', 'de', 'de-AT', 'de-CH'])(
    'writes a short one as a format would, too: %s',
    (locale) => {
      $localize.locale = locale;
      const format = new Intl.NumberFormat(locale);
      for (const count of [0, 7, 42, 999, 1000]) expect(counted(count)).toBe(format.format(count));
    },
  );

  it('goes by its options, whatever was written before', () => {
    $localize.locale = 'en';
    const fixed = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    expect([counted(2), counted(2, fixed), counted(2)]).toEqual(['2', '2.0', '2']);
  });
});
