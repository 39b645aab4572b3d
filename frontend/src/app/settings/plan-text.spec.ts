import { limitLines, modelsLine, roughly, subscriptionSentence } from './plan-text';
import type { PlanOffer, Subscription } from './settings-api';

const plan = (id: string, ...models: string[]): PlanOffer => ({
  id,
  name: id,
  messagesPerDay: 100,
  tokensPerMonth: 2_000_000,
  repliesAtOnce: 3,
  models: models.map((name) => ({ id: name, name })),
});

describe(subscriptionSentence.name, () => {
  const subscribed = (about: Partial<Subscription>): Subscription => ({
    plan: { id: 'plus', name: 'Plus' },
    status: 'ACTIVE',
    periodEnd: null,
    ...about,
  });

  it('has nothing to say about what holds for good', () => {
    expect(subscriptionSentence(subscribed({}), 'plus')).toBeNull();
  });

  it('says until when it holds', () => {
    expect(subscriptionSentence(subscribed({ periodEnd: '2026-12-01T12:00:00.000Z' }), 'plus')).toMatch(
      /^Until .*2026.*\.$/,
    );
  });

  it('says that a payment is late while the plan still holds', () => {
    expect(subscriptionSentence(subscribed({ status: 'PAST_DUE' }), 'plus')).toMatch(
      /^A payment is late\. Plus /,
    );
  });

  it('says what has ended', () => {
    expect(subscriptionSentence(subscribed({ status: 'ENDED' }), 'free')).toBe('Plus ended.');
    expect(subscriptionSentence(subscribed({ status: 'PAST_DUE' }), 'free')).toBe('Plus ended.');
  });
});

describe(limitLines.name, () => {
  it('counts what is limited, and says what is not', () => {
    expect(limitLines(plan('free'))).toEqual([
      '100 messages a day',
      '2 million tokens a month',
      '3 replies at once',
    ]);
    expect(limitLines({ ...plan('pro'), messagesPerDay: null })[0]).toBe('No limit on messages');
  });
});

describe(modelsLine.name, () => {
  const free = plan('free', 'a', 'b');

  it('counts the first plan, and names what each other one adds', () => {
    expect(modelsLine(free, undefined)).toBe('2 models');
    expect(modelsLine(plan('plus', 'a', 'b', 'c'), free)).toBe('And c');
    expect(modelsLine(plan('pro', 'a', 'b'), free)).toBe('The same models');
  });

  it('names no more than can be read', () => {
    expect(modelsLine(plan('plus', 'c', 'd', 'e', 'f', 'g', 'h'), free)).toBe('And c, d, e, f and 2 more');
  });
});

describe(roughly.name, () => {
  it('writes millions as a word', () => {
    expect(roughly(2_000_000)).toBe('2 million');
    expect(roughly(2500)).toBe((2500).toLocaleString());
  });
});
