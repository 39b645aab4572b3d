import { describe, expect, it } from '@jest/globals';
import { startedSession } from './last-started.js';

describe(startedSession.name, () => {
  it('finds the session and its chat below a field of any name', () => {
    const data = { again: { session: { id: 's2', chat: { id: 'c2' } } } };
    expect(startedSession(data)).toEqual({ sessionId: 's2', chatId: 'c2' });
  });

  it('does without the chat when the document did not select it', () => {
    expect(startedSession({ startChatSession: { session: { id: 's1' } } })).toEqual({ sessionId: 's1' });
  });

  it.each([[null], [undefined], [{ viewer: null }], [{ stopChatSession: { id: 's1' } }]])(
    'finds none in %j',
    (data) => {
      expect(startedSession(data)).toBeUndefined();
    },
  );
});
