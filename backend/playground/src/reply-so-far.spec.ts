import { describe, expect, it } from '@jest/globals';
import { NOTHING_YET, withResult } from './reply-so-far.js';

const replyOf = (...events: Record<string, unknown>[]) =>
  events.map((event) => ({ data: { messageTokens: event } })).reduce(withResult, NOTHING_YET);

describe(withResult.name, () => {
  it('joins text and reasoning apart from each other', () => {
    const reply = replyOf(
      { __typename: 'ReasoningEvent', sequence: 1, content: 'hm' },
      { __typename: 'TokenEvent', sequence: 2, content: 'Hel' },
      { __typename: 'TokenEvent', sequence: 4, content: 'lo' },
    );
    expect(reply).toEqual({ events: 3, lastSequence: 4, reasoning: 'hm', content: 'Hello' });
  });

  it('drops the text of an attempt that started over', () => {
    const reply = replyOf(
      { __typename: 'TokenEvent', content: 'lost' },
      { __typename: 'RestartEvent', attempt: 2 },
      { __typename: 'TokenEvent', content: 'kept' },
    );
    expect(reply.content).toBe('kept');
  });

  it('knows how the reply ended', () => {
    expect(replyOf({ __typename: 'DoneEvent', sequence: 9 }).ended).toBe('DoneEvent');
    expect(replyOf({ __typename: 'ErrorEvent', sequence: 9 }).ended).toBe('ErrorEvent');
  });

  it('counts a result that is an error only', () => {
    expect(withResult(NOTHING_YET, { data: null })).toMatchObject({ events: 1, content: '' });
  });
});
