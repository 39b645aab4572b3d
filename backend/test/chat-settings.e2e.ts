import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const UPDATE = `mutation ($id: ID!, $input: UpdateChatSettingsInput!) {
  updateChatSettings(id: $id, input: $input) { model { id } systemPrompt temperature }
}`;
const CHAT = 'query ($id: ID!) { chat(id: $id) { model { id } systemPrompt temperature } }';
const START = `mutation ($input: StartChatSessionInput!) {
  startChatSession(input: $input) { session { id chat { id systemPrompt temperature } } }
}`;
const KIND = { systemPrompt: 'Be kind.', temperature: 0.5 };

describe.each(MODES)('the settings of a chat, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  /** A chat with one finished reply. */
  async function chatWith(model: string, settings: object = {}): Promise<string> {
    const session = await ada.start('Hello', model, { cache: 'BYPASS', ...settings });
    await ada.allEvents(session.id);
    return session.chat.id;
  }

  async function ask(chatId: string, modelId: string): Promise<Readonly<Record<string, unknown>>> {
    const { id } = await ada.start('And now?', modelId, { chatId, cache: 'BYPASS' });
    await ada.allEvents(id);
    return rivulet.provider.requests.at(-1)?.body ?? {};
  }

  it.each([
    ['openai', { instructions: 'Be kind.' }],
    ['anthropic', { system: 'Be kind.' }],
    [
      'xai',
      {
        messages: [
          { role: 'system', content: 'Be kind.' },
          { role: 'user', content: 'Hello' },
        ],
      },
    ],
    [
      'local',
      {
        messages: [
          { role: 'system', content: 'Be kind.' },
          { role: 'user', content: 'Hello' },
        ],
      },
    ],
  ])('reach the model from the first message on, as %s wants them', async (provider, body) => {
    const chatId = await chatWith(`${provider}/echo`, KIND);
    expect(rivulet.provider.requests.at(-1)?.body).toMatchObject({ ...body, temperature: 0.5 });
    expect(await ada.data(CHAT, { id: chatId })).toMatchObject({ chat: KIND });
    expect(JSON.stringify(await ask(chatId, `${provider}/echo`))).toContain('Be kind.');
  });

  it('change between two messages, on whatever process, each alone', async () => {
    const id = await chatWith('openai/echo', KIND);
    const elsewhere = ada.on(rivulet.apis[1].url);
    expect(await elsewhere.data(UPDATE, { id, input: { systemPrompt: '  Be brief. ' } })).toEqual({
      updateChatSettings: { model: { id: 'openai/echo' }, systemPrompt: 'Be brief.', temperature: 0.5 },
    });
    expect(await ask(id, 'openai/echo')).toMatchObject({ instructions: 'Be brief.', temperature: 0.5 });
    await ada.data(UPDATE, { id, input: { systemPrompt: ' ', temperature: null } });
    const body = await ask(id, 'openai/echo');
    expect([body['instructions'], body['temperature']]).toEqual([undefined, undefined]);
    await ada.data(UPDATE, { id, input: { modelId: 'xai/echo' } });
    expect(await elsewhere.data(CHAT, { id })).toEqual({
      chat: { model: { id: 'xai/echo' }, systemPrompt: null, temperature: null },
    });
    expect(await ada.data(UPDATE, { id, input: {} })).toMatchObject({
      updateChatSettings: { model: { id: 'xai/echo' } },
    });
  });

  it('serve nobody a cached reply that was made with others', async () => {
    const fromCache = async (settings: Record<string, unknown>) => {
      const { id } = await ada.start('Who are you?', 'openai/echo', settings);
      return (await ada.allEvents(id)).at(-1)?.message?.fromCache;
    };
    expect(await fromCache(KIND)).toBe(false);
    expect(await fromCache(KIND)).toBe(true);
    expect(await fromCache({ ...KIND, systemPrompt: 'Be rude.' })).toBe(false);
    expect(await fromCache({ ...KIND, temperature: 1 })).toBe(false);
    expect(await fromCache({})).toBe(false);
  });

  it('are not for the reply that is being written', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['so far'], []);
    const session = await ada.start('Hello', 'openai/gated', { cache: 'BYPASS', ...KIND });
    await gate.reached;
    await ada.data(UPDATE, { id: session.chat.id, input: { systemPrompt: 'Be rude.' } });
    gate.open();
    expect((await ada.allEvents(session.id)).at(-1)?.__typename).toBe('DoneEvent');
    expect(rivulet.provider.requests.at(-1)?.body).toMatchObject({ instructions: 'Be kind.' });
  });

  it('go along into a chat that begins from a message of this one', async () => {
    const session = await ada.start('Hello', 'openai/echo', { cache: 'BYPASS', ...KIND });
    await ada.allEvents(session.id);
    const fork = 'mutation ($id: ID!) { forkChat(messageId: $id) { id systemPrompt temperature } }';
    const { forkChat } = await ada.data<{ forkChat: { id: string } }>(fork, {
      id: session.assistantMessage.id,
    });
    expect(forkChat).toMatchObject(KIND);
    expect(await ask(forkChat.id, 'openai/echo')).toMatchObject({
      instructions: 'Be kind.',
      temperature: 0.5,
    });
  });

  it('are not told to a model that would refuse them', async () => {
    const id = await chatWith('openai/echo', { temperature: 1.5 });
    expect((await ask(id, 'anthropic/echo'))['temperature']).toBeUndefined();
    expect((await ask(id, 'openai/echo'))['temperature']).toBe(1.5);
  });

  it.each<[string, string, object]>([
    ['a temperature below 0', 'openai/echo', { temperature: -0.1 }],
    ['a temperature above 2', 'openai/echo', { temperature: 2.1 }],
    ['a temperature above the 1 of Anthropic', 'anthropic/echo', { temperature: 1.1 }],
    ['any temperature for a model that takes none', 'demo/rivulet', { temperature: 0 }],
    ['a system prompt that is too long', 'openai/echo', { systemPrompt: 'x'.repeat(10_001) }],
  ])('are refused where they are no settings: %s', async (_what, modelId, settings) => {
    const input = { prompt: 'Hello', modelId, ...settings };
    expect(await ada.errorCode(START, { input })).toBe('VALIDATION_FAILED');
    const id = await chatWith(modelId);
    expect(await ada.errorCode(UPDATE, { id, input: settings })).toBe('VALIDATION_FAILED');
    expect(await ada.data(CHAT, { id })).toMatchObject({ chat: { systemPrompt: null, temperature: null } });
  });

  it('belong to the chat, and are no part of a message in one that is there', async () => {
    const chatId = await chatWith('openai/echo', KIND);
    const input = { prompt: 'Hello', modelId: 'openai/echo', chatId, systemPrompt: 'Be rude.' };
    expect(await ada.errorCode(START, { input })).toBe('VALIDATION_FAILED');
    expect(await ada.data(CHAT, { id: chatId })).toMatchObject({ chat: KIND });
    expect(await ada.errorCode(UPDATE, { id: chatId, input: { modelId: 'openai/none' } })).toBe(
      'MODEL_NOT_FOUND',
    );
  });
});
