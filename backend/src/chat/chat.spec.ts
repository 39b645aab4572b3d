import { describe, expect, it } from '@jest/globals';
import { MAX_TITLE_LENGTH, forkedTitle, storable, titleFromModel, titleFromPrompt } from './chat.js';

describe(titleFromPrompt.name, () => {
  it('takes the first line that says something', () => {
    expect(titleFromPrompt('\n  \n  Plan   a trip \nto Rome')).toBe('Plan a trip');
  });

  it('cuts a long line at a word', () => {
    expect(titleFromPrompt(`${'word '.repeat(20)}`)).toBe(`${'word '.repeat(11)}word…`);
  });

  it('never splits a character in two', () => {
    expect(titleFromPrompt('😀'.repeat(40)).isWellFormed()).toBe(true);
    expect(titleFromPrompt(`a${'😀'.repeat(40)}`).isWellFormed()).toBe(true);
  });
});

describe(storable.name, () => {
  it('drops NUL and mends lone surrogates', () => {
    expect(storable('a\0b\ud800c')).toBe('ab\ufffdc');
  });
});

describe(titleFromModel.name, () => {
  it.each([
    ['"How tides work."', 'How tides work'],
    ['\n**Tides and the Moon**\n\nIs that all right?', 'Tides and the Moon'],
    ['# Title: Ebbe und Flut', 'Ebbe und Flut'],
    ['「潮の満ち引き」', '潮の満ち引き'],
    ['word '.repeat(30), `${'word '.repeat(11)}word…`],
  ])('makes one clean line of %j', (answer, title) => {
    expect(titleFromModel(answer)).toBe(title);
  });

  it('knows what is no title', () => {
    for (const answer of ['', ' \n', '***', '"..."']) expect(titleFromModel(answer)).toBeUndefined();
  });
});

describe(forkedTitle.name, () => {
  it('counts, and stays as long as a title may be', () => {
    expect(forkedTitle('Tides')).toBe('Tides (2)');
    expect(forkedTitle('Tides (2)')).toBe('Tides (3)');
    expect(forkedTitle('Tides (n)')).toBe('Tides (n) (2)');
    expect(forkedTitle('x'.repeat(MAX_TITLE_LENGTH))).toHaveLength(MAX_TITLE_LENGTH);
  });
});
