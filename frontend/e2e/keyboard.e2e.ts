import { Dictation, saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.describe('the keyboard', () => {
  test('sends with Enter, breaks with Shift+Enter, and stays in the composer', async ({ chat, site }) => {
    site.answerWith(saying('Read.'));
    await chat.open();
    await expect(chat.composer).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.type('first line');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.page.keyboard.type('second line');
    await expect(chat.composer).toHaveValue('first line\nsecond line');
    await expect(chat.messages).toHaveCount(0);

    await chat.page.keyboard.press('Enter');
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.composer).toBeFocused();
    await chat.finished();
    await expect(chat.composer).toBeFocused();
    await expect(chat.messages.first().getByText('first line')).toHaveText('first line\nsecond line', {
      useInnerText: true,
    });
  });

  test('does not send what an input method is still composing', async ({ chat }) => {
    await chat.open();
    await chat.composer.fill('にほん');
    await chat.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await expect(chat.composer).toHaveValue('にほん');
    await expect(chat.messages).toHaveCount(0);
  });

  test('stops with Escape', async ({ chat, site }) => {
    site.answerWith(new Dictation().say('as far as ', 'this').scenario);
    await chat.open();
    await chat.send('Go on and on');
    await expect(chat.replyText).toHaveText('as far as this');
    await chat.page.keyboard.press('Escape');
    await chat.finished();
    await expect(chat.reply.getByText('Stopped', { exact: true })).toBeVisible();
    await expect(chat.replyText).toHaveText('as far as this');
    await expect(chat.composer).toBeFocused();
  });

  test('keeps what is typed while a reply is being written, and does not send it', async ({ chat, site }) => {
    const dictation = new Dictation().say('one ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Count');
    await expect(chat.replyText).toHaveText('one');
    await chat.page.keyboard.type('And then?');
    await chat.page.keyboard.press('Enter');
    dictation.say('two').end();
    await chat.finished();
    await expect(chat.composer).toHaveValue('And then?');
    await expect(chat.messages).toHaveCount(2);
    await chat.page.reload();
    await expect(chat.composer).toHaveValue('And then?');
  });

  test('begins a new chat with Ctrl+Shift+O, and edits the last message with the arrow', async ({
    chat,
    site,
  }) => {
    site.answerWith(saying('Read.'));
    await chat.open();
    await chat.ask('Something to edit');
    await chat.page.keyboard.press('ArrowUp');
    await expect(chat.composer).toHaveValue('Something to edit');
    await expect(chat.page.getByText('Both versions are kept.')).toBeVisible();
    await chat.page.keyboard.press('Escape');
    await expect(chat.composer).toHaveValue('');

    await chat.page.keyboard.press('ArrowUp');
    await chat.composer.fill('Edited');
    await chat.page.keyboard.press('Enter');
    await expect(chat.messages.first()).toContainText('Edited');
    await chat.finished();
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.messages.first().getByRole('group', { name: 'Versions' })).toHaveText('2/2');

    await chat.page.keyboard.press('Control+Shift+O');
    await expect(chat.page).toHaveURL('/');
    await expect(chat.messages).toHaveCount(0);
    await expect(chat.composer).toBeFocused();
  });
});
