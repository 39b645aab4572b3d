import { ChatPage } from './support/chat-page.js';
import { Dictation, saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.describe('a reply', { tag: '@distributed' }, () => {
  test('streams into the page, is saved, and comes from the cache the next time', async ({ chat, site }) => {
    const dictation = new Dictation();
    site.answerWith(dictation.scenario);
    await chat.open();
    await expect(chat.composer).toBeFocused();

    // The message stands there while the server has not even been asked.
    const asked = Promise.withResolvers<void>();
    await chat.page.route('**/graphql', async (route) => {
      await asked.promise;
      await route.continue();
    });
    await chat.send('Count to five, please');
    await expect(chat.messages.first()).toHaveText(/Count to five, please/);
    await expect(chat.composer).toHaveValue('');
    asked.resolve();

    let text = '';
    for (const piece of ['one ', 'two ', 'three ', 'four ', 'five']) {
      dictation.say(piece);
      text += piece;
      await expect(chat.replyText).toHaveText(text.trim());
      await expect(chat.stopButton).toBeVisible();
    }
    dictation.end();
    await chat.finished();
    await expect(chat.replyText).toHaveText('one two three four five');
    await expect(chat.page).toHaveURL(/\/chat\/[\w-]+$/);
    await expect(chat.chatLink('Count to five, please')).toHaveAttribute('aria-current', 'page');

    await chat.page.reload();
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.replyText).toHaveText('one two three four five');
    await expect(chat.chatLink('Count to five, please')).toBeVisible();
    await expect(chat.reply).not.toContainText('from cache');

    const requests = site.requests;
    await chat.newChat();
    await chat.ask('Count to five, please');
    await expect(chat.replyText).toHaveText('one two three four five');
    await expect(chat.reply).toContainText('from cache');
    expect(site.requests, 'the model was not asked again').toBe(requests);
    await expect(chat.chatLink('Count to five, please')).toHaveCount(2);
  });

  test('is asked for, also by somebody who goes elsewhere at once, and is there on the way back', async ({
    chat,
    site,
  }) => {
    site.answerWith(saying('Here it is.'));
    await chat.open();
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    await chat.page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mutation StartChatSession')) await left;
      await route.continue();
    });
    await chat.send('Asked in a hurry');
    // Who has become a guest has more in the menu, which moves what was in it.
    await expect(chat.account.button).toHaveAccessibleName(/Guest/);
    await chat.account.choose('Settings');
    await expect(chat.page.getByRole('heading', { name: 'Settings' })).toBeFocused();
    leave();
    await expect(chat.chatLink('Asked in a hurry')).toHaveAccessibleName(/a new reply/);
    await expect(chat.page).toHaveURL('/settings');
    await chat.chatLink('Asked in a hurry').click();
    await expect(chat.replyText).toHaveText('Here it is.');
  });

  test('belongs to who is here, though two tabs of a first visit ask at once', async ({ chat }) => {
    await chat.open();
    const second = new ChatPage(await chat.page.context().newPage());
    await second.open();
    await chat.composer.fill('Asked in the first tab');
    await second.composer.fill('Asked in the second tab');
    await Promise.all([chat.composer.press('Enter'), second.composer.press('Enter')]);
    for (const tab of [chat, second])
      for (const title of ['Asked in the first tab', 'Asked in the second tab'])
        await expect(tab.chatLink(title)).toBeVisible();
    await expect(chat.page).toHaveURL(/\/chat\//);
    await chat.page.reload();
    await expect(chat.messages).toHaveCount(2);
  });

  test('is shown by a second tab too, at the same time', async ({ chat, site, context }) => {
    const dictation = new Dictation().say('early ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Two tabs');
    await expect(chat.replyText).toHaveText('early');
    const other = new ChatPage(await context.newPage());
    await other.open(chat.page.url());
    await expect(other.replyText).toHaveText('early');
    dictation.say('late').end();
    for (const tab of [chat, other]) {
      await tab.finished();
      await expect(tab.replyText).toHaveText('early late');
    }
  });

  test('goes on after a reload in the middle, nothing lost and nothing doubled', async ({ chat, site }) => {
    const dictation = new Dictation().say('before ', 'the ', 'reload, ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Interrupt me');
    await expect(chat.replyText).toHaveText('before the reload,');

    await chat.page.reload();
    await expect(chat.replyText).toHaveText('before the reload,');
    await expect(chat.stopButton).toBeVisible();
    dictation.say('and ', 'after ', 'it');
    await expect(chat.replyText).toHaveText('before the reload, and after it');
    dictation.end();
    await chat.finished();
    await expect(chat.replyText).toHaveText('before the reload, and after it');
    await expect(chat.messages).toHaveCount(2);
  });

  test('keeps what had arrived when it is stopped, and has another version', async ({ chat, site }) => {
    site.answerWith(new Dictation().say('kept ', 'text').scenario);
    await chat.open();
    await chat.send('Stop me');
    await expect(chat.replyText).toHaveText('kept text');
    await chat.stopButton.click();
    await chat.finished();
    await expect(chat.reply.getByText('Stopped', { exact: true })).toBeVisible();
    await expect(chat.replyText).toHaveText('kept text');
    await expect(chat.composer).toBeFocused();

    site.answerWith(saying('a ', 'whole ', 'reply'));
    await chat.reply.hover();
    await chat.reply.getByRole('button', { name: 'Regenerate' }).click();
    await expect(chat.replyText).toHaveText('a whole reply');
    await chat.finished();
    await expect(chat.reply.getByText('Stopped', { exact: true })).toBeHidden();

    const versions = chat.reply.getByRole('group', { name: 'Versions' });
    await expect(versions).toHaveText('2/2');
    await versions.getByRole('button', { name: 'Previous version' }).click();
    await expect(chat.replyText).toHaveText('kept text');
    await expect(versions).toHaveText('1/2');
    await chat.page.reload();
    await expect(chat.replyText).toHaveText('kept text');
    await versions.getByRole('button', { name: 'Next version' }).click();
    await expect(chat.replyText).toHaveText('a whole reply');
    await expect(chat.messages).toHaveCount(2);
  });
});

test.describe('a connection that is cut', { tag: '@distributed' }, () => {
  test.use({ tolerated: /net::ERR_|the server responded with a status of 50\d/ });

  test('comes back by itself, with everything that was said meanwhile', async ({ chat, site }) => {
    const dictation = new Dictation().say('before, ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Cut me off');
    await expect(chat.replyText).toHaveText('before,');

    site.line.cut();
    await expect(chat.connection).toHaveText('Reconnecting');
    dictation.say('meanwhile, ');
    await expect(chat.replyText).toHaveText('before,');
    site.mend();
    await expect(chat.replyText).toHaveText('before, meanwhile,');
    await expect(chat.connection).toBeHidden();
    dictation.say('after').end();
    await chat.finished();
    await expect(chat.replyText).toHaveText('before, meanwhile, after');
    await expect(chat.banner).toBeHidden();
  });

  test('says so while the browser is offline, and catches up with a reply that ended', async ({
    chat,
    site,
    context,
  }) => {
    const dictation = new Dictation().say('before, ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Go offline');
    await expect(chat.replyText).toHaveText('before,');

    await context.setOffline(true);
    await expect(chat.connection).toHaveText('Offline. The reply goes on without you.');
    dictation.say('meanwhile').end();
    await expect(chat.replyText).toHaveText('before,');
    await context.setOffline(false);
    await chat.finished();
    await expect(chat.replyText).toHaveText('before, meanwhile');
    await expect(chat.connection).toBeHidden();
  });
});

test.describe('an API process that dies in mid-reply', { tag: '@only-distributed' }, () => {
  test.use({ tolerated: /net::ERR_/ });

  test('is replaced by another, which tells the rest', async ({ chat, site }) => {
    const doomed = await site.startApi();
    site.line.connectTo(doomed.url);
    const dictation = new Dictation().say('from the ', 'first ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Lose a server');
    await expect(chat.replyText).toHaveText('from the first');

    await doomed.kill();
    await expect(chat.connection).toHaveText('Reconnecting');
    dictation.say('and ');
    site.mend();
    await expect(chat.replyText).toHaveText('from the first and');
    await expect(chat.connection).toBeHidden();
    dictation.say('from the ', 'second').end();
    await chat.finished();
    await expect(chat.replyText).toHaveText('from the first and from the second');
    await expect(chat.banner).toBeHidden();
  });
});
