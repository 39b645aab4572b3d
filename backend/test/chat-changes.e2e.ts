import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient, type ChatListEvent } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

describe.each(MODES)('what changes in the chats is told to who follows them, with %s', (mode) => {
  let rivulet: Installation;
  let gate: Gate;
  /** The same user at two devices, on two API processes where there are two. */
  let phone: ApiClient;
  let desk: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
  });
  afterAll(() => rivulet.stop());
  beforeEach(async () => {
    gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['early '], ['late']);
    phone = await ApiClient.guest(rivulet.apis[0].url);
    desk = phone.on(rivulet.apis[1].url);
  });

  /** Follows from the beginning, and has had the first event. */
  async function follow(client: ApiClient) {
    const events = client.chatChanges();
    const value = await until(events, () => true);
    expect(value.__typename).toBe('ChatListResetEvent');
    return { events, cursor: value.cursor };
  }

  /** Reads on until an event is like this. */
  async function until(events: AsyncIterator<ChatListEvent>, wanted: (event: ChatListEvent) => boolean) {
    for (;;) {
      const next = await events.next();
      if (next.done) throw new Error('ended');
      if (wanted(next.value)) return next.value;
    }
  }

  const rename = (client: ApiClient, id: string, title: string) =>
    client.data('mutation ($id: ID!, $title: String!) { renameChat(id: $id, title: $title) { id } }', {
      id,
      title,
    });

  it('a reply that begins and ends at another device, a new name, and a deletion', async () => {
    const { events } = await follow(desk);
    const session = await phone.start('Hello', 'openai/gated');
    const chatId = session.chat.id;
    const begun = await until(events, ({ chat }) => chat?.activeSession?.id === session.id);
    expect(begun.chat).toMatchObject({ id: chatId, title: 'Hello' });

    gate.open();
    await until(events, ({ chat }) => chat?.activeSession === null && chat.unread);
    await phone.data('mutation ($id: ID!) { markChatRead(id: $id) { id } }', { id: chatId });
    await until(events, ({ chat }) => chat?.id === chatId && !chat.unread);
    await rename(phone, chatId, 'Another name');
    await until(events, ({ chat }) => chat?.title === 'Another name');
    await phone.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: chatId });
    expect(await until(events, ({ __typename }) => __typename === 'ChatDeletedEvent')).toMatchObject({
      chatId,
    });
    await events.return(undefined);
  });

  it('what happened while it was away, to who comes back with a cursor, at whichever process', async () => {
    const { events, cursor } = await follow(desk);
    await events.return(undefined);
    const { chat } = await phone.start('Hello', 'openai/gated');
    await rename(phone, chat.id, 'Renamed meanwhile');

    const again = phone.chatChanges(cursor);
    const { chat: told } = await until(again, () => true);
    expect(told).toMatchObject({ id: chat.id, title: 'Renamed meanwhile' });
    await again.return(undefined);
  });

  it('nothing of anybody else', async () => {
    const { events } = await follow(desk);
    const stranger = await ApiClient.guest(rivulet.apis[0].url);
    await stranger.start('A secret', 'openai/gated');
    await phone.start('Mine', 'openai/gated');
    expect(await until(events, () => true)).toMatchObject({ chat: { title: 'Mine' } });
    await events.return(undefined);
  });

  it('until the user signs out', async () => {
    const { events } = await follow(desk);
    const next = events.next();
    next.catch(() => undefined);
    await phone.data('mutation { signOut }');
    await expect(next).rejects.toThrow('UNAUTHENTICATED');
  });

  it('and what is no cursor is refused', async () => {
    await expect(desk.chatChanges('nonsense').next()).rejects.toThrow('VALIDATION_FAILED');
  });

  it('to a program with an API token that may read', async () => {
    const ada = await ApiClient.signedUp(rivulet.apis[0].url, `${crypto.randomUUID()}@example.com`);
    const { secret } = await ada.createToken({ scopes: ['CHAT_READ'] });
    const { events } = await follow(ApiClient.withToken(rivulet.apis[1].url, secret));
    const session = await ada.start('Hello', 'openai/gated');
    await until(events, ({ chat }) => chat?.activeSession?.id === session.id);
    await events.return(undefined);
  });
});
