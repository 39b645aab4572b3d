import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, textOf, untilText, type Session } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const CONTINUE =
  'mutation ($input: ContinueMessageInput!) { continueMessage(input: $input) { session { id } } }';

describe.each(MODES)('threads, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;
  /** Ada again, on the other API process where there is one. */
  let adaElsewhere: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
    adaElsewhere = ada.on(rivulet.apis[1].url);
  });
  afterAll(() => rivulet.stop());

  /** A reply of which “Half of ” was shown when it was stopped. */
  async function stoppedReply(prompt: string): Promise<Session> {
    rivulet.scenarios['gated'] = new Gate().scenario(['Half ', 'of '], ['never']);
    const session = await ada.start(prompt, 'openai/gated');
    const live = ada.events(session.id);
    await untilText(live, 'Half of ');
    await ada.stop(session.id);
    await Array.fromAsync(live);
    return session;
  }

  describe('a reply that was stopped', () => {
    it('goes on: what was kept is told first, the rest follows, and both are saved as one', async () => {
      const stopped = await stoppedReply('Go on with me');
      const asked = rivulet.provider.requests.length;
      const gate = new Gate();
      rivulet.scenarios['gated'] = gate.scenario(['a ', 'whole'], ['.']);
      const session = await adaElsewhere.continue(stopped.assistantMessage.id);
      const live = ada.events(session.id);
      const before = await untilText(live, 'Half of a whole');
      expect(before[0]).toMatchObject({
        __typename: 'TokenEvent',
        content: expect.stringMatching(/^Half of /),
      });
      gate.open();
      const events = [...before, ...(await Array.fromAsync(live))];

      expect(textOf(events)).toBe('Half of a whole.');
      expect(events.at(-1)?.message).toMatchObject({
        ...{ content: 'Half of a whole.', status: 'COMPLETE', fromCache: false },
      });
      expect((await ada.history(session.chat.id)).at(-1)).toMatchObject({
        id: session.assistantMessage.id,
        content: 'Half of a whole.',
        siblingIds: [stopped.assistantMessage.id, session.assistantMessage.id],
      });
      expect(rivulet.provider.requests).toHaveLength(asked + 1);
      expect(JSON.stringify(rivulet.provider.requests.at(-1)?.body)).toContain('Half of ');
    });

    it('may be stopped again, and lose nothing of what was shown', async () => {
      const stopped = await stoppedReply('Stop me twice');
      rivulet.scenarios['gated'] = new Gate().scenario(['a '], ['never']);
      const session = await ada.continue(stopped.assistantMessage.id);
      const live = ada.events(session.id);
      await untilText(live, 'Half of a ');
      await ada.stop(session.id);
      expect((await Array.fromAsync(live)).at(-1)?.message).toMatchObject({
        ...{ status: 'STOPPED', content: 'Half of a ' },
      });
    });

    it('goes on for nobody else, and no reply goes on that is whole', async () => {
      const stopped = await stoppedReply('Mine alone');
      const input = { messageId: stopped.assistantMessage.id };
      const grace = await ApiClient.guest(rivulet.apis[0].url);
      expect(await grace.errorCode(CONTINUE, { input })).toBe('NOT_FOUND');
      expect(await ada.errorCode(CONTINUE, { input: { ...input, modelId: 'openai/none' } })).toBe(
        'MODEL_NOT_FOUND',
      );
      const whole = await ada.start('Whole', 'openai/echo');
      await ada.allEvents(whole.id);
      for (const messageId of [whole.assistantMessage.id, whole.userMessage.id]) {
        expect(await ada.errorCode(CONTINUE, { input: { messageId } })).toBe('VALIDATION_FAILED');
      }
    });
  });

  describe('a new chat from a message', () => {
    const FORK = 'mutation ($id: ID!) { forkChat(messageId: $id) { id title } }';
    const said = async (chatId: string): Promise<unknown[]> =>
      (await ada.history(chatId)).map(({ role, status, content, siblingIds }) => [
        ...[role, status, content, siblingIds.length],
      ]);

    it('has what was said up to it, and goes its own way', async () => {
      const first = await ada.start('One', 'openai/echo');
      await ada.allEvents(first.id);
      const chatId = first.chat.id;
      await ada.allEvents((await ada.regenerate(first.assistantMessage.id, 'xai/echo')).id);
      const second = await ada.start('Two', 'openai/echo', { chatId });
      await ada.allEvents(second.id);
      await ada.allEvents((await ada.start('Three', 'openai/echo', { chatId })).id);
      const whole = await said(chatId);

      const { forkChat } = await adaElsewhere.data<{ forkChat: { id: string; title: string } }>(FORK, {
        id: second.assistantMessage.id,
      });
      expect(forkChat.title).toBe('One (2)');
      const branch = ['One', 'You said: One', 'Two', 'You said: Two'];
      expect((await ada.history(forkChat.id)).map(({ content }) => content)).toEqual(branch);
      expect((await said(forkChat.id)).every((message) => (message as unknown[])[3] === 1)).toBe(true);

      const reply = await ada.start('Another three', 'openai/echo', { chatId: forkChat.id });
      await ada.allEvents(reply.id);
      const request = rivulet.provider.requests.at(-1)?.body;
      for (const content of branch) expect(JSON.stringify(request)).toContain(content);
      // The first chat is as it was, and neither needs the other.
      expect(await said(chatId)).toEqual(whole);
      await ada.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: chatId });
      expect(await ada.history(forkChat.id)).toHaveLength(6);
    });

    it('is made of nobody else, and not of a reply that is being written', async () => {
      const gate = new Gate();
      rivulet.scenarios['gated'] = gate.scenario(['so far'], ['.']);
      const running = await ada.start('Unfinished', 'openai/gated');
      await untilText(ada.events(running.id), 'so far');
      expect(await ada.errorCode(FORK, { id: running.assistantMessage.id })).toBe('CONFLICT');
      const grace = await ApiClient.guest(rivulet.apis[0].url);
      expect(await grace.errorCode(FORK, { id: running.userMessage.id })).toBe('NOT_FOUND');
      expect(await ada.errorCode(FORK, { id: 'nope' })).toBe('NOT_FOUND');
      gate.open();
      await ada.allEvents(running.id);
    });
  });

  it('go on after a reply that failed in the middle, with another model if need be', async () => {
    const failed = await ada.start('Fail, then go on', 'openai/fault-overload-midway');
    const kept = textOf(await ada.allEvents(failed.id));
    const session = await ada.continue(failed.assistantMessage.id, 'anthropic/echo');
    const whole = textOf(await ada.allEvents(session.id));
    expect(whole.startsWith(kept)).toBe(true);
    expect(whole.length).toBeGreaterThan(kept.length);
    expect((await ada.history(session.chat.id)).at(-1)?.content).toBe(whole);
  });
});
