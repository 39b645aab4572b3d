import { expect, test } from './support/test.js';

test.use({ setting: { env: { TITLES: 'on' } } });

test.describe('the title of a chat', { tag: '@distributed' }, () => {
  test('comes from the model after the first reply, without a reload, and once', async ({ chat, site }) => {
    const titled = Promise.withResolvers<void>();
    site.answerWith(async (reply) => {
      await reply.start();
      if (reply.request.prompt.startsWith('Name this conversation')) {
        await titled.promise;
        await reply.text('“How ', 'tides ', 'work”');
      } else {
        await reply.text('Water that ', 'comes and goes.');
      }
      await reply.end();
    });
    await chat.open();
    await chat.ask('Please explain the tides');
    await expect(chat.chatLink('Please explain the tides')).toBeVisible();
    await chat.page.reload();
    await expect(chat.page).toHaveTitle('Please explain the tides · Rivulet');
    await expect(chat.messages).toHaveCount(2);

    titled.resolve();
    await expect(chat.chatLink('How tides work')).toBeVisible();
    await expect(chat.page).toHaveTitle('How tides work · Rivulet');
    await chat.ask('And the Sun?');
    await chat.page.reload();
    await expect(chat.page).toHaveTitle('How tides work · Rivulet');
  });
});
