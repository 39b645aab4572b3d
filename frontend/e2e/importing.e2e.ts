import { saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

const node = (id: string, parent: string | null, children: string[], role: string, text: string) => ({
  ...{ id, parent, children },
  message: { author: { role }, create_time: 1_700_000_000, content: { content_type: 'text', parts: [text] } },
});

const CHATGPT = [
  {
    ...{ title: 'Tides from afar', conversation_id: 'g1', create_time: 1_700_000_000, current_node: 'a2' },
    mapping: {
      u: node('u', null, ['a1', 'a2'], 'user', 'Why are there tides?'),
      a1: node('a1', 'u', [], 'assistant', 'The Moon.'),
      a2: node('a2', 'u', [], 'assistant', 'The Moon and the Sun.'),
    },
  },
  { title: 'Nothing in it', conversation_id: 'g2', mapping: {} },
];

test.describe('importing', { tag: '@distributed' }, () => {
  test('brings in what ChatGPT exported, with its branches, once', async ({ chat, site }, testInfo) => {
    await chat.signInAs(await site.guestWithChats());
    await chat.page.goto('/settings/data');
    const choose = (name: string, text: string) =>
      chat.page.locator('input[type=file]').setInputFiles({
        ...{ name, mimeType: 'application/json', buffer: Buffer.from(text) },
      });
    await choose('letter.json', 'Dear Ada');
    await expect(chat.page.getByRole('alert')).toHaveText('This is not a JSON file.');

    await choose('conversations.json', JSON.stringify(CHATGPT));
    const status = chat.page.getByRole('status').filter({ hasText: 'imported' });
    await expect(status).toHaveText('1 chat imported.');
    await chat.page.getByText('Not imported: 1').click();
    await expect(chat.page.getByText('The chat has no messages.')).toBeVisible();
    await takePicture(chat.page, testInfo, 'importing');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-importing');
    await choose('conversations.json', JSON.stringify(CHATGPT));
    await expect(status).toHaveText('0 chats imported. Already here: 1.');

    await expect(chat.sidebar.getByRole('link')).toHaveText(['Tides from afar']);
    await expect(chat.sidebar.getByRole('heading', { name: 'November 2023' })).toBeVisible();
    await chat.chatLink('Tides from afar').click();
    await expect(chat.replyText).toHaveText('The Moon and the Sun.');
    await expect(chat.reply.getByRole('group', { name: 'Versions' })).toHaveText('2/2');
    site.answerWith(saying('Gladly.'));
    await chat.ask('Go on');
    await expect(chat.replyText).toHaveText('Gladly.');
  });
});
