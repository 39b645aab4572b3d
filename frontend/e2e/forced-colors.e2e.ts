import type { Locator } from '@playwright/test';
import { Dictation, saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

/** Where somebody has the system choose a few colours for everything, as Windows' contrast themes do. */
test.describe('in colours of one’s own', () => {
  test.use({ forcedColors: 'active', colorScheme: 'dark' });

  const backgroundOf = (mark: Locator, pseudo?: string): Promise<string> =>
    mark.evaluate((element, of) => getComputedStyle(element, of).backgroundColor, pseudo);

  test('who speaks, what is open, what runs and where a reply grows are still to be seen', async ({
    chat,
    site,
  }) => {
    site.answerWith(saying('Done.'));
    await chat.open();
    await chat.ask('The first one');
    await expect(chat.messages.first().locator('.bubble')).toHaveCSS('outline-style', 'solid');
    await expect(chat.chatLink('The first one')).toHaveCSS('outline-style', 'solid');

    await chat.newChat();
    const dictation = new Dictation().say('Slowly ');
    site.answerWith(dictation.scenario);
    await chat.send('The second one');
    await expect(chat.replyText).toHaveText('Slowly');
    const canvas = await backgroundOf(chat.page.locator('body'));
    const caret = chat.reply.locator('.growing').last();
    expect(await backgroundOf(caret, '::after')).not.toBe(canvas);
    expect(await backgroundOf(chat.sidebar.locator('.running'))).not.toBe(canvas);
    dictation.end();
    await chat.finished();
  });
});
