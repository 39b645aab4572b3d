import { describe, expect, it } from '@jest/globals';
import { newPassword, passwordOf } from './password.js';

describe(newPassword.name, () => {
  it.each([
    ['too short', 'x'.repeat(9), false],
    ['just long enough', 'x'.repeat(10), true],
    ['of signs that take two code units', '👋'.repeat(9), false],
    ['just not too long', 'x'.repeat(200), true],
    ['too long', 'x'.repeat(201), false],
  ])('judges one that is %s', (_what, text, allowed) => {
    const judged = () => newPassword(text);
    if (allowed) expect(judged()).toBe(text);
    else expect(judged).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});

describe(passwordOf.name, () => {
  it('is the same whichever way a keyboard composes its letters', () => {
    expect(passwordOf('cafe\u0301')).toBe(passwordOf('caf\u00e9'));
  });
});
