import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from './support/api-client.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const IMPORT = `mutation ($input: ImportChatInput!) {
  importChat(input: $input) { created chat { id title pinned archived createdAt updatedAt } }
}`;

interface Imported {
  readonly importChat: { readonly created: boolean; readonly chat: { readonly id: string } };
}

const TIDES = {
  sourceId: 'elsewhere-1',
  title: 'Tides',
  archived: true,
  systemPrompt: 'Be brief.',
  temperature: 0.5,
  createdAt: '2025-03-01T10:00:00.000Z',
  updatedAt: '2025-03-02T10:00:00.000Z',
  activeMessage: 2,
  messages: [
    { role: 'USER', content: 'Why are there tides?' },
    { role: 'ASSISTANT', content: 'The Moon, 月.', parent: 0, model: 'gpt-4o' },
    { role: 'ASSISTANT', content: 'The Moon and the Sun.', parent: 0, model: 'gpt-4o' },
  ],
};

describe.each(MODES)('importing, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  const chats = async (client: ApiClient) =>
    (await client.data<{ chats: { edges: unknown[] } }>('{ chats(filter: ALL) { edges { node { id } } } }'))
      .chats.edges;

  it('takes a chat with its branches and times, once, and goes on with it', async () => {
    const first = await ada.data<Imported>(IMPORT, { input: TIDES });
    const { id } = first.importChat.chat;
    expect(first.importChat).toEqual({
      created: true,
      chat: {
        ...{ id, title: 'Tides', pinned: false, archived: true },
        ...{ createdAt: TIDES.createdAt, updatedAt: TIDES.updatedAt },
      },
    });
    const again = await ada.on(rivulet.apis[1].url).data<Imported>(IMPORT, { input: TIDES });
    expect(again.importChat).toMatchObject({ created: false, chat: { id } });
    expect(await chats(ada)).toHaveLength(1);

    const file = await fetch(`${ada.url}/export/chats/${id}.json`, { headers: ada.headers });
    expect(await file.json()).toMatchObject({ chats: [{ systemPrompt: 'Be brief.', temperature: 0.5 }] });

    const history = await ada.history(id);
    expect(history).toMatchObject([
      { role: 'USER', content: 'Why are there tides?', status: 'COMPLETE' },
      { role: 'ASSISTANT', content: 'The Moon and the Sun.', status: 'COMPLETE' },
    ]);
    expect(history[1]?.siblingIds).toHaveLength(2);
    const session = await ada.start('And the wind?', 'openai/echo', { chatId: id });
    await ada.allEvents(session.id);
    expect(await ada.history(id)).toHaveLength(4);
  });

  it('takes the same chats twice at once, and has them once', async () => {
    const grace = await ApiClient.guest(rivulet.apis[0].url);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        grace.on(rivulet.apis[n % 2]!.url).data<Imported>(IMPORT, { input: { ...TIDES, sourceId: 'same' } }),
      ),
    );
    expect(answers.filter(({ importChat }) => importChat.created)).toHaveLength(1);
    expect(await chats(grace)).toHaveLength(1);
  });

  it('does not double a chat that was exported from here', async () => {
    const session = await ada.start('Stay one', 'openai/echo');
    await ada.allEvents(session.id);
    const before = await chats(ada);
    const { importChat } = await ada.data<Imported>(IMPORT, {
      input: { ...TIDES, sourceId: session.chat.id },
    });
    expect(importChat).toMatchObject({ created: false, chat: { id: session.chat.id } });
    expect(await chats(ada)).toEqual(before);
    // For somebody else it is a chat of their own.
    const mallory = await ApiClient.guest(rivulet.apis[0].url);
    const theirs = await mallory.data<Imported>(IMPORT, { input: { ...TIDES, sourceId: session.chat.id } });
    expect(theirs.importChat.created).toBe(true);
    expect(theirs.importChat.chat.id).not.toBe(session.chat.id);
  });

  it('takes all of a chat or nothing, and says what is wrong', async () => {
    const grace = await ApiClient.guest(rivulet.apis[0].url);
    const input = { ...TIDES, messages: [...TIDES.messages, { role: 'USER', content: 'x', parent: 9 }] };
    const { errors } = await grace.request(IMPORT, { input });
    expect(errors).toMatchObject([
      {
        message: 'Message 3 comes after message 9, which is not before it.',
        extensions: { code: 'VALIDATION_FAILED' },
      },
    ]);
    expect(await chats(grace)).toEqual([]);
  });

  it('imports a deleted chat anew, and restores the deleted one beside it', async () => {
    const grace = await ApiClient.guest(rivulet.apis[0].url);
    const { importChat } = await grace.data<Imported>(IMPORT, { input: TIDES });
    const { id } = importChat.chat;
    await grace.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id });
    expect((await grace.data<Imported>(IMPORT, { input: TIDES })).importChat.created).toBe(true);
    await grace.data('mutation ($id: ID!) { restoreChat(id: $id) { id } }', { id });
    expect(await chats(grace)).toHaveLength(2);
  });
});
