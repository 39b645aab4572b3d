import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from './support/api-client.js';
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
});
