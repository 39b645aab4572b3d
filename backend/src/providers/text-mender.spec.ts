import { describe, expect, it } from '@jest/globals';
import { cutText, TextMender } from './text-mender.js';

describe(TextMender.name, () => {
  describe('take', () => {
    it('gives the same text wherever it was split', () => {
      const text = 'a😀b\0c👩‍👩‍👧𝒳';
      for (let first = 0; first <= text.length; first += 1) {
        for (let second = first; second <= text.length; second += 1) {
          const mender = new TextMender();
          const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
          const whole = pieces.map((piece) => mender.take(piece)).join('') + mender.end();
          expect(whole).toBe('a😀bc👩‍👩‍👧𝒳');
        }
      }
    });

    it('joins a pair over a NUL', () => {
      const mender = new TextMender();

      expect(mender.take('\ud83d') + mender.take('\0') + mender.take('\ude00')).toBe('😀');
    });

    it('replaces every half that stands alone', () => {
      const mender = new TextMender();

      expect(mender.take('\ude00a\ud83d') + mender.take('\ud83db') + mender.end()).toBe(
        '\ufffda\ufffd\ufffdb',
      );
    });
  });
});

describe(cutText.name, () => {
  it.each([
    ['a😀b', 0, ''],
    ['a😀b', 1, 'a'],
    ['a😀b', 2, 'a'],
    ['a😀b', 3, 'a😀'],
    ['a😀b', 9, 'a😀b'],
    ['a😀b', -1, ''],
  ])('cuts %s after %i code units to “%s”', (text, length, expected) => {
    expect(cutText(text, length)).toBe(expected);
  });
});
