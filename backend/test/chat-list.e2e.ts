import { setTimeout as later } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ApiClient, untilText } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

interface Found {
  readonly node: { readonly id: string; readonly title: string };
  readonly hit: { readonly messageId: string; readonly excerpt: string } | null;
}

const SEARCH = `query ($search: String, $first: Int = 30, $after: String) {
  chats(search: $search, first: $first, after: $after) {
    edges { node { id title } hit { messageId excerpt } } pageInfo { hasNextPage endCursor }
  }
}`;

describe.each(MODES)('the list of chats, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  /** A chat that is called otherwise than what was asked in it. */
  async function chatAbout(prompt: string, title: string, client = ada) {
    const session = await client.start(prompt, 'openai/echo');
    await client.allEvents(session.id);
    await client.data('mutation ($id: ID!, $title: String!) { renameChat(id: $id, title: $title) { id } }', {
      id: session.chat.id,
      title,
    });
    return session;
  }

  async function find(search: string, client = ada): Promise<readonly Found[]> {
    return (await client.data<{ chats: { edges: Found[] } }>(SEARCH, { search })).chats.edges;
  }

  describe('searched', () => {
    it('finds words in titles and in messages, whatever their case, and shows where', async () => {
      const recipe = await chatAbout('Wie viele Äpfel\nbrauche ich für Apfelmus?', 'A recipe');
      await chatAbout('Something else', 'Of ÄPFEL and pears');

      expect(await find('äpfel')).toMatchObject([
        { node: { title: 'Of ÄPFEL and pears' }, hit: null },
        {
          node: { title: 'A recipe' },
          hit: {
            messageId: recipe.assistantMessage.id,
            excerpt: 'You said: Wie viele Äpfel brauche ich für Apfelmus?',
          },
        },
      ]);
      // A part of a word will do, and words stand in any order.
      expect(await find('  MUS äpf ')).toMatchObject([{ node: { title: 'A recipe' } }]);
      expect(await find('äpfel zebra')).toEqual([]);
    });

    it('takes what means something to a pattern as itself', async () => {
      await chatAbout('100% of a_b and c\\d', 'Percent');
      for (const search of ['100%', 'a_b', String.raw`c\d`]) expect(await find(search)).toHaveLength(1);
      for (const search of ['%%', 'a__b', '1%f']) expect(await find(search)).toEqual([]);
    });

    it('finds what stands on a branch that is not shown', async () => {
      const { chat, userMessage } = await chatAbout('The first wording', 'Two wordings');
      const second = await ada.start('The second wording', 'openai/echo', {
        chatId: chat.id,
        parentMessageId: null,
      });
      await ada.allEvents(second.id);
      const [found] = await find('first wording');
      expect(found?.node.id).toBe(chat.id);
      const history = await ada.history(chat.id);
      expect(history.map(({ id }) => id)).not.toContain(found?.hit?.messageId);
      expect(history[0]?.siblingIds).toContain(userMessage.id);
    });

    it('goes on where the last page ended', async () => {
      for (const n of [1, 2, 3]) await chatAbout(`Lighthouse keeper ${n}`, `Chat ${n}`);
      const page = async (after: string | null) =>
        (await ada.data<{ chats: Record<string, unknown> }>(SEARCH, { search: 'keeper', first: 2, after }))
          .chats;
      const first = await page(null);
      expect(first).toMatchObject({
        edges: [{ node: { title: 'Chat 3' } }, { node: { title: 'Chat 2' } }],
        pageInfo: { hasNextPage: true },
      });
      const { endCursor } = first['pageInfo'] as { endCursor: string };
      expect(await page(endCursor)).toMatchObject({
        edges: [{ node: { title: 'Chat 1' } }],
        pageInfo: { hasNextPage: false },
      });
    });

    it("finds nothing in other people's chats", async () => {
      await chatAbout('A well kept secret', 'Mine');
      const mallory = await ApiClient.guest(rivulet.apis[1].url);
      expect(await find('secret', mallory)).toEqual([]);
    });

    it('says that a search is too long', async () => {
      expect(await ada.errorCode(SEARCH, { search: 'x'.repeat(201) })).toBe('VALIDATION_FAILED');
    });
  });

  describe('put in order', () => {
    const LIST = `query ($filter: ChatFilter, $search: String) {
      chats(filter: $filter, search: $search) { edges { node { id title pinned archived } } }
    }`;
    const change = (mutation: string, id: string, client = ada) =>
      client.data(`mutation ($id: ID!) { ${mutation}(id: $id) { id } }`, { id });

    async function titles(filter?: string, client = grace): Promise<string[]> {
      const { chats } = await client.data<{ chats: { edges: Found[] } }>(LIST, { filter });
      return chats.edges.map(({ node }) => node.title);
    }

    let grace: ApiClient;
    let ids: string[];

    beforeAll(async () => {
      grace = await ApiClient.guest(rivulet.apis[0].url);
      ids = [];
      for (const title of ['One', 'Two', 'Three']) {
        ids.push((await chatAbout(`About ${title}`, title, grace)).chat.id);
      }
    });

    it('tells pinned and archived chats apart from the others', async () => {
      const [one = '', two = ''] = ids;
      await change('pinChat', one, grace);
      await change('archiveChat', two, grace);
      expect(await titles()).toEqual(['Three', 'One']);
      expect(await titles('PINNED')).toEqual(['One']);
      expect(await titles('ARCHIVED')).toEqual(['Two']);
      expect(await titles('ALL')).toEqual(['Three', 'Two', 'One']);
      const found = await grace.data(LIST, { search: 'about' });
      expect(found).toMatchObject({
        chats: {
          edges: [
            { node: { title: 'Three', pinned: false, archived: false } },
            { node: { title: 'Two', pinned: false, archived: true } },
            { node: { title: 'One', pinned: true, archived: false } },
          ],
        },
      });

      // A pinned one that is archived stands at the top of nothing, and is pinned still when it is back.
      await change('archiveChat', one, grace);
      expect(await titles('PINNED')).toEqual([]);
      await change('unarchiveChat', one, grace);
      expect(await titles('PINNED')).toEqual(['One']);
      await change('unpinChat', one, grace);
      await change('unarchiveChat', two, grace);
      expect(await titles('PINNED')).toEqual([]);
      expect(await titles()).toEqual(['Three', 'Two', 'One']);
    });

    it('says of a chat that is answered in whether it is pinned', async () => {
      const [one = ''] = ids;
      await change('pinChat', one, grace);
      const { startChatSession } = await grace.data<{
        startChatSession: { session: { id: string; chat: object } };
      }>(
        `mutation ($input: StartChatSessionInput!) {
          startChatSession(input: $input) { session { id chat { pinned archived } } } }`,
        { input: { chatId: one, prompt: 'More', modelId: 'openai/echo' } },
      );
      expect(startChatSession.session.chat).toEqual({ pinned: true, archived: false });
      await grace.allEvents(startChatSession.session.id);
    });
  });

  describe('a deleted chat', () => {
    const REMOVE = 'mutation ($id: ID!) { deleteChat(id: $id) }';
    const RESTORE = 'mutation ($id: ID!) { restoreChat(id: $id) { id title activeSession { id } } }';

    async function onDatabase(query: string, values: unknown[]): Promise<unknown[]> {
      const db = new Client({ connectionString: rivulet.databaseUrl });
      await db.connect();
      try {
        return (await db.query<Record<string, unknown>>(query, values)).rows;
      } finally {
        await db.end();
      }
    }

    it('is nowhere, until it is restored with all that was said', async () => {
      const session = await chatAbout('Something quite unmistakable', 'Gone and back');
      const id = session.chat.id;
      const before = await ada.history(id);
      await ada.data(REMOVE, { id });

      const message = session.userMessage.id;
      const input = { prompt: 'Hi', modelId: 'openai/echo', chatId: id };
      for (const [query, variables] of [
        ['query ($id: ID!) { chat(id: $id) { id } }', { id }],
        ['query ($id: ID!) { chatHistory(chatId: $id) { edges { cursor } } }', { id }],
        ['query ($id: ID!) { chatSession(id: $id) { id } }', { id: session.id }],
        ['mutation ($id: ID!) { stopChatSession(id: $id) { id } }', { id: session.id }],
        ['mutation ($id: ID!) { renameChat(id: $id, title: "x") { id } }', { id }],
        ['mutation ($id: ID!) { pinChat(id: $id) { id } }', { id }],
        ['mutation ($id: ID!) { selectMessage(messageId: $id) { id } }', { id: message }],
        [
          'mutation ($id: ID!) { regenerateMessage(input: { messageId: $id }) { session { id } } }',
          { id: message },
        ],
        [
          'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }',
          { input },
        ],
        [REMOVE, { id }],
      ] as const) {
        expect([query, await ada.errorCode(query, variables)]).toEqual([query, 'NOT_FOUND']);
      }
      await expect(ada.allEvents(session.id)).rejects.toThrow('NOT_FOUND');
      expect(await find('unmistakable')).toEqual([]);
      expect((await find('')).map(({ node }) => node.id)).not.toContain(id);

      expect(await ada.data(RESTORE, { id })).toMatchObject({ restoreChat: { id, title: 'Gone and back' } });
      expect(await ada.history(id)).toEqual(before);
      expect(await find('unmistakable')).toHaveLength(1);
      // Saying so twice changes nothing.
      await ada.data(RESTORE, { id });
      await ada.allEvents((await ada.start('Go on', 'openai/echo', { chatId: id })).id);
      expect(await ada.history(id)).toHaveLength(4);
    });

    it('comes back with its reply ended, and all that was read of it', async () => {
      const gate = new Gate();
      rivulet.scenarios['gated'] = gate.scenario(['so far'], [' and no further']);
      const { id, chat } = await ada.start('Half a reply', 'openai/gated');
      const live = ada.events(id);
      await untilText(live, 'so far');
      await ada.data(REMOVE, { id: chat.id });
      gate.open();
      expect((await Array.fromAsync(live)).at(-1)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await ada.data(RESTORE, { id: chat.id })).toMatchObject({
        restoreChat: { activeSession: null },
      });
      expect(await ada.history(chat.id)).toMatchObject([
        { content: 'Half a reply' },
        { status: 'STOPPED', content: 'so far' },
      ]);
    });

    it("is nobody else's to restore", async () => {
      const { chat } = await chatAbout('Mine', 'Mine');
      await ada.data(REMOVE, { id: chat.id });
      const mallory = await ApiClient.guest(rivulet.apis[0].url);
      expect(await mallory.errorCode(RESTORE, { id: chat.id })).toBe('NOT_FOUND');
    });

    it('cannot be restored after ten minutes, and is removed for good', async () => {
      const { chat } = await chatAbout('Long gone', 'Long gone');
      await ada.data(REMOVE, { id: chat.id });
      await onDatabase(`UPDATE chats SET "deletedAt" = now() - interval '10 minutes' WHERE id = $1`, [
        chat.id,
      ]);
      expect(await ada.errorCode(RESTORE, { id: chat.id })).toBe('NOT_FOUND');
      const rows = () =>
        onDatabase(
          'SELECT c.id FROM chats c WHERE id = $1 UNION ALL SELECT id FROM messages WHERE "chatId" = $1',
          [chat.id],
        );
      while ((await rows()).length > 0) await later(100);
    }, 30_000);
  });
});
