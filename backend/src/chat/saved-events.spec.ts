import { describe, expect, it } from '@jest/globals';
import type { Message } from './message.js';
import { savedEvents } from './saved-events.js';

const message = {
  id: 'm',
  content: 'all of it',
  reasoning: null,
  status: 'COMPLETE',
  errorCode: null,
} as Message;

describe(savedEvents.name, () => {
  it('tells a new reader the whole reply', () => {
    expect([...savedEvents(message, 2, 0)].map((e) => e.type)).toEqual(['token', 'done']);
  });

  it('tells a reader with an old cursor to start over', () => {
    const events = [...savedEvents(message, 2, 57)];
    expect(events.map((e) => e.type)).toEqual(['restart', 'token', 'done']);
    expect(events[0]?.sequence).toBeGreaterThan(57);
  });

  it('repeats nothing to a reader that is cut and comes back', () => {
    const [token] = [...savedEvents(message, 2, 0)];
    const rest = [...savedEvents(message, 2, token?.sequence ?? 0)];
    expect(rest.map((e) => e.type)).toEqual(['done']);
  });

  it('tells a failure with its code', () => {
    const failed = { ...message, status: 'FAILED', errorCode: 'PROVIDER_TIMEOUT' } as Message;
    expect([...savedEvents(failed, 1, 0)].at(-1)).toMatchObject({
      code: 'PROVIDER_TIMEOUT',
      retryable: true,
    });
  });
});
