import { languageFor, localeFor } from './languages';

describe(languageFor.name, () => {
  it('is the one that was picked, whatever the browser reads', () => {
    expect(languageFor('en', ['de-DE', 'en']).tag).toBe('en');
  });

  it('is the first of the browser that the page speaks', () => {
    expect(languageFor(null, ['fr-FR', 'de-AT', 'en']).tag).toBe('de');
  });

  it.each([
    [null, []],
    [null, ['fr', 'ja-JP']],
    ['xx', []],
  ])('is English where nothing else can be had: %j of %j', (picked, read) => {
    expect(languageFor(picked, read).tag).toBe('en');
  });
});

describe(localeFor.name, () => {
  it('writes as people do where the reader is', () => {
    expect(localeFor(languageFor('de', []), ['en-US', 'de-CH'])).toBe('de-CH');
  });

  it('writes as the language itself where that is not known', () => {
    expect(localeFor(languageFor('en', []), ['de-DE'])).toBe('en');
  });
});
