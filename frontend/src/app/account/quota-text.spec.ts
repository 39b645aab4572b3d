import { isLow, leftOf, scarcityOf, spentSentence } from './quota-text';
import { aUsage, used } from './testing/viewers';

const NOW = Date.parse('2026-03-10T20:00:00.000Z');
const MIDNIGHT = '2026-03-11T00:00:00.000Z';
const NEXT_MONTH = '2026-04-01T00:00:00.000Z';
const hour = new Date(MIDNIGHT).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

describe(isLow.name, () => {
  it.each([
    [used(89, 100), false],
    [used(90, 100), true],
    [used(14, 20), false],
    [used(15, 20), true],
    [{ used: 9, limit: null, remaining: null, resetsAt: null }, false],
  ])('%j: %s', (quota, low) => {
    expect(isLow(quota)).toBe(low);
  });
});

describe(scarcityOf.name, () => {
  it('says nothing while there is enough, and nothing about replies at once', () => {
    expect(scarcityOf(aUsage({ messagesToday: used(1, 100), repliesAtOnce: used(3, 3) }), NOW)).toBeNull();
  });

  it('says what is left when that is little', () => {
    expect(scarcityOf(aUsage({ messagesToday: used(97, 100) }), NOW)).toEqual({
      state: 'low',
      sentence: '3 of 100 messages left today.',
    });
  });

  it('says when it comes back, and says it before what is only low', () => {
    const usage = aUsage({
      messagesToday: used(97, 100, MIDNIGHT),
      tokensThisMonth: used(1000, 1000, NEXT_MONTH),
    });
    expect(scarcityOf(usage, NOW)?.state).toBe('gone');
    expect(scarcityOf(usage, NOW)?.sentence).toMatch(
      /^This month's tokens are used up\. They come back on .+\.$/,
    );
  });
});

describe(spentSentence.name, () => {
  it('names the time, and a plain word where nobody told it', () => {
    expect(spentSentence('messagesToday', MIDNIGHT, NOW)).toBe(
      `Today's messages are used up. They come back at ${hour}.`,
    );
    expect(spentSentence('messagesToday', undefined, NOW)).toBe(
      "Today's messages are used up. They come back tomorrow.",
    );
  });
});

describe(leftOf.name, () => {
  it('counts, or says that there is no limit', () => {
    expect(leftOf('messagesToday', used(13, 100))).toBe('87 of 100 messages left today');
    expect(leftOf('messagesToday', aUsage().messagesToday)).toBe('No limit on messages today');
  });
});
