import { ChatPage } from './support/chat-page.js';
import { Dictation, failingAfter, saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.describe('a reply that fails', () => {
  test('keeps its text, says why, and succeeds when it is tried again', async ({ chat, site }) => {
    site.answerWith(failingAfter('half ', 'a reply'));
    await chat.open();
    await chat.send('Fail, then work');
    await expect(chat.banner).toContainText('OpenAI cannot be reached.');
    await expect(chat.replyText).toHaveText('half a reply');
    await expect(chat.banner.getByRole('button', { name: 'Other model' })).toBeVisible();
    await expect(chat.composer).toBeFocused();

    await chat.page.reload();
    await expect(chat.banner).toContainText('OpenAI cannot be reached.');
    await expect(chat.replyText).toHaveText('half a reply');

    site.answerWith(saying('a whole ', 'reply'));
    await chat.banner.getByRole('button', { name: 'Try again' }).click();
    await expect(chat.replyText).toHaveText('a whole reply');
    await chat.finished();
    await expect(chat.banner).toBeHidden();
    await expect(chat.reply.getByRole('group', { name: 'Versions' })).toHaveText('2/2');
  });

  test('can be given to another model', async ({ chat, site }) => {
    site.answerWith(failingAfter('half'));
    await chat.open();
    await chat.send('Ask somebody else');
    await chat.banner.getByRole('button', { name: 'Other model' }).click();
    await chat.picker.getByRole('button', { name: 'Sonata 5.5', exact: true }).click();
    await expect(chat.replyText).toHaveText('You said: Ask somebody else');
    await chat.finished();
    await expect(chat.banner).toBeHidden();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Sonata 5.5');
  });

  test('can be asked for in other words', async ({ chat }) => {
    await chat.open();
    await chat.chooseModel('Rivulet demo');
    await chat.send('/error PROVIDER_REJECTED and more');
    await chat.banner.getByRole('button', { name: 'Edit message' }).click();
    await expect(chat.composer).toHaveValue('/error PROVIDER_REJECTED and more');
    await expect(chat.composer).toBeFocused();
    await chat.send('Nothing that fails');
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.messages.first()).toContainText('Nothing that fails');
    await expect(chat.reply).toContainText('Rivulet demo');
    await chat.finished();
    await expect(chat.banner).toBeHidden();
  });

  const FAILURES = [
    ['PROVIDER_RATE_LIMITED', 'Rivulet demo is busy.', ['Try again', 'Other model']],
    [
      'PROVIDER_TIMEOUT',
      'Rivulet demo did not answer in time. What arrived is kept.',
      ['Try again', 'Other model'],
    ],
    ['PROVIDER_UNAVAILABLE', 'Demo cannot be reached.', ['Try again', 'Other model']],
    ['PROVIDER_REJECTED', 'Demo refused this request.', ['Edit message']],
    [
      'CONTEXT_TOO_LONG',
      'This chat is longer than Rivulet demo can read.',
      ['New chat from here', 'Other model'],
    ],
    ['CONTENT_FILTERED', 'Demo withheld this reply.', ['Edit message']],
  ] as const;

  test('says for every code what happened and what to do', async ({ chat }) => {
    await chat.open();
    await chat.chooseModel('Rivulet demo');
    for (const [code, sentence, waysOn] of FAILURES) {
      await test.step(code, async () => {
        await chat.send(`/error ${code}`);
        await expect(chat.banner).toContainText(sentence);
        for (const way of waysOn) await expect(chat.banner.getByRole('button', { name: way })).toBeEnabled();
        await expect(chat.replyText).not.toBeEmpty();
        await chat.newChat();
      });
    }
  });
});

test.describe('a message that cannot be sent', () => {
  test.describe('because the chat is busy elsewhere, and nobody has told', () => {
    test.use({ tolerated: /net::ERR_/ });

    test('is back in the composer', async ({ chat, site, context }) => {
      site.answerWith(saying('ready'));
      await chat.open();
      await chat.ask('First');
      const other = new ChatPage(await context.newPage());
      await other.page.route('**/graphql/stream', (route) =>
        route.request().postData()?.includes('chatChanges') ? route.abort() : route.continue(),
      );
      await other.open(chat.page.url());
      await expect(other.messages).toHaveCount(2);

      const dictation = new Dictation().say('busy ');
      site.answerWith(dictation.scenario);
      await chat.send('Second');
      await expect(chat.replyText).toHaveText('busy');
      await other.send('Third');
      await expect(other.banner).toContainText('A reply is still being written in this chat.');
      await expect(other.composer).toHaveValue('Third');
      await expect(other.messages).toHaveCount(2);
      await expect(other.banner.getByRole('button', { name: 'Stop it' })).toBeVisible();

      await other.banner.getByRole('button', { name: 'Go to it' }).click();
      await expect(other.replyText).toHaveText('busy');
      await expect(other.banner).toBeHidden();
      await expect(other.composer).toHaveValue('Third');
      dictation.say('no more').end();
      await other.finished();
      await expect(other.replyText).toHaveText('busy no more');
    });
  });

  test.describe('because one was too many', () => {
    test.use({ tolerated: /status of 429/ });

    test('is sent again by itself, when the server lets it in', async ({ chat, site }) => {
      site.answerWith(saying('in time'));
      await chat.open();
      const errors = [
        {
          message: 'Too many requests in a short time.',
          extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 1_700 },
        },
      ];
      let refused = 0;
      await chat.page.route('**/graphql', async (route) => {
        if (refused > 0 || !route.request().postData()?.includes('startChatSession')) return route.continue();
        refused += 1;
        await route.fulfill({ status: 429, headers: { 'retry-after': '2' }, json: { errors } });
      });
      await chat.send('One too many');
      await expect(chat.banner).toContainText(/A little slower, please. Sending again in [12] s\./);
      await expect(chat.replyText).toHaveText('in time');
      await chat.finished();
      await expect(chat.banner).toBeHidden();
      await expect(chat.messages).toHaveCount(2);
    });
  });

  test.describe('because of the network', () => {
    test.use({ tolerated: /net::ERR_/ });

    test('is back in the composer, and not sent twice when only the answer was lost', async ({
      chat,
      site,
    }) => {
      site.answerWith(saying('once'));
      await chat.open();
      await chat.page.route('**/graphql', async (route) => {
        if (!route.request().postData()?.includes('startChatSession')) return route.continue();
        await route.fetch();
        await route.abort('connectionreset');
      });
      await chat.send('Only once');
      await expect(chat.banner).toContainText('The server cannot be reached.');
      await expect(chat.composer).toHaveValue('Only once');
      await expect(chat.messages).toHaveCount(0);

      await chat.page.unroute('**/graphql');
      await chat.banner.getByRole('button', { name: 'Try again' }).click();
      await expect(chat.replyText).toHaveText('once');
      await chat.finished();
      await expect(chat.composer).toHaveValue('');
      await expect(chat.banner).toBeHidden();
      await chat.page.reload();
      await expect(chat.messages).toHaveCount(2);
      await expect(chat.chatLink('Only once')).toHaveCount(1);
    });
  });
});
