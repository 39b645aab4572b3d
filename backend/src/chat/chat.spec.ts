import { describe, expect, it } from '@jest/globals';
import { storable, titleFromPrompt } from './chat.js';

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
