import { applyMessageEvent, newReply } from './apply-message-event';
import type { MessageEvent } from './message';
import { aReply, done, token } from './testing/messages';

describe(applyMessageEvent.name, () => {
  const fresh = newReply('s1', aReply({ status: 'PENDING' }));
  const after = (...events: MessageEvent[]) => events.reduce(applyMessageEvent, fresh);

  it('puts the tokens together in order', () => {
    const reply = after(token(1, 'Good '), token(2, 'morning'));
    expect(reply.message).toMatchObject({ content: 'Good morning', status: 'STREAMING' });
    expect(reply.sequence).toBe(2);
  });

  it('changes nothing for an event that it has already', () => {
    const reply = after(token(1, 'Good '), token(2, 'morning'));
    expect(applyMessageEvent(reply, token(2, 'morning'))).toBe(reply);
    expect(applyMessageEvent(reply, token(1, 'Good '))).toBe(reply);
  });

  it('takes a merged event that reaches further', () => {
    expect(after(token(7, 'Good morning')).message.content).toBe('Good morning');
  });

  it('keeps reasoning and answer apart', () => {
    const thought: MessageEvent = { __typename: 'ReasoningEvent', sequence: 1, content: 'Hm.' };
    expect(after(thought, token(2, 'Yes')).message).toMatchObject({ reasoning: 'Hm.', content: 'Yes' });
  });

  it('drops text and reasoning when the reply starts over, and goes on counting', () => {
    const restart: MessageEvent = { __typename: 'RestartEvent', sequence: 3, attempt: 2, reason: 'INTERNAL' };
    const reply = after(
      { __typename: 'ReasoningEvent', sequence: 1, content: 'Hm.' },
      token(2, 'Half'),
      restart,
    );
    expect(reply.message).toMatchObject({ content: '', reasoning: null });
    expect(applyMessageEvent(reply, token(4, 'Whole')).message.content).toBe('Whole');
  });

  it('replaces text from the history by the stream read from its start', () => {
    const reply = newReply('s1', aReply({ status: 'STREAMING', content: 'Good mor', reasoning: 'Hm.' }));
    expect(applyMessageEvent(reply, token(5, 'Good morning')).message).toMatchObject({
      content: 'Good morning',
      reasoning: null,
    });
  });

  it('ends with the message as it was saved', () => {
    const saved = aReply({ content: 'Good morning.', status: 'STOPPED' });
    const reply = after(token(1, 'Good'), done(2, saved));
    expect(reply).toMatchObject({ message: saved, ended: true });
  });

  it('keeps what had arrived when the reply fails, and says why', () => {
    const failed = after(token(1, 'Good'), {
      __typename: 'ErrorEvent',
      sequence: 2,
      code: 'PROVIDER_TIMEOUT',
      detail: 'no answer for 60 s',
      retryable: true,
      retryAfterMs: 2000,
    });
    expect(failed.message).toMatchObject({
      content: 'Good',
      status: 'FAILED',
      errorCode: 'PROVIDER_TIMEOUT',
    });
    expect(failed).toMatchObject({
      ended: true,
      error: { code: 'PROVIDER_TIMEOUT', detail: 'no answer for 60 s', retryAfterMs: 2000 },
    });
  });

  it('takes nothing after the end', () => {
    const ended = after(done(1, aReply({ content: 'Done' })));
    expect(applyMessageEvent(ended, token(2, ' more'))).toBe(ended);
  });
});
