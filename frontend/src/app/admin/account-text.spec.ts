import { accountLine, planNote, usageLine } from './account-text';
import { anAccount } from './testing/accounts';

const PLUS = { id: 'plus', name: 'Plus' };

describe(accountLine.name, () => {
  it('says who it is', () => {
    expect(accountLine(anAccount({ isAdmin: true }))).toMatch(
      /^ada@example\.com · administrator · since .*2026/,
    );
    expect(accountLine(anAccount({ isGuest: true, email: null }))).toMatch(/^here since .*2026/);
  });
});

describe(planNote.name, () => {
  it('says until when a plan holds, if that is not for good', () => {
    expect(planNote(anAccount())).toBeNull();
    const until = { plan: PLUS, status: 'ACTIVE' as const, periodEnd: '2026-12-01T12:00:00.000Z' };
    expect(planNote(anAccount({ plan: PLUS, subscription: until }))).toMatch(/^until .*2026/);
  });

  it('says what has ended, and what is late', () => {
    const ended = { plan: PLUS, status: 'ENDED' as const, periodEnd: null };
    expect(planNote(anAccount({ subscription: ended }))).toBe('Plus ended');
    const late = { plan: PLUS, status: 'PAST_DUE' as const, periodEnd: null };
    expect(planNote(anAccount({ plan: PLUS, subscription: late }))).toBe('payment late');
  });
});

describe(usageLine.name, () => {
  it('counts, with the limit where there is one', () => {
    const usage = {
      messagesToday: { used: 3, limit: 100 },
      tokensThisMonth: { used: 1_250_000, limit: null },
      repliesAtOnce: { used: 1, limit: 3 },
    };
    expect(usageLine(anAccount({ usage }))).toMatch(
      /^3 of 100 messages today · 1[.,]3\s?M tokens this month · 1 being written$/,
    );
  });
});
