import type { Locator } from '@playwright/test';
import type { ChatPage } from './support/chat-page.js';
import { Dictation, saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
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
    await expect(chat.composer).toHaveValue('Something to edit');
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

test.describe('the shortcut sheet', () => {
  const sheetOf = (chat: ChatPage): Locator => chat.page.getByRole('dialog', { name: 'Keyboard shortcuts' });

  test('comes and goes with Ctrl+/, over a reply that goes on, and gives the focus back', async ({
    chat,
    site,
  }, testInfo) => {
    const dictation = new Dictation().say('one ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Count');
    await expect(chat.replyText).toHaveText('one');
    await chat.page.keyboard.press('Control+/');
    const sheet = sheetOf(chat);
    await expect(sheet).toBeVisible();
    for (const keys of ['Ctrl+K', 'Ctrl+Shift+O', 'Ctrl+Shift+C', 'Ctrl+/', 'Shift+Enter', 'Escape', '↑']) {
      await expect(sheet.getByRole('definition').filter({ hasText: keys }).first()).toBeVisible();
    }
    await takePicture(chat.page, testInfo, 'shortcuts');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-shortcuts');

    await chat.page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(chat.composer).toBeFocused();
    await expect(chat.stopButton, 'the reply was not what Escape was for').toBeEnabled();
    await chat.page.keyboard.press('Control+/');
    await expect(sheet).toBeVisible();
    await chat.page.keyboard.press('Control+/');
    await expect(sheet).toHaveCount(0);
    await expect(chat.composer).toBeFocused();

    dictation.say('two').end();
    await chat.finished();
    await expect(chat.replyText).toHaveText('one two');
  });

  test('is in the menu of the account too, and is closed by its button or beside it', async ({
    chat,
    site,
  }) => {
    site.answerWith(saying('Read.'));
    await chat.open();
    await chat.ask('Hello');
    await chat.account.choose('Keyboard shortcuts');
    await sheetOf(chat).getByRole('button', { name: 'Close' }).click();
    await expect(sheetOf(chat)).toHaveCount(0);
    await expect(chat.account.button).toBeFocused();

    await chat.account.choose('Keyboard shortcuts');
    // Who marks its text may let go beside it.
    await sheetOf(chat).getByRole('heading', { level: 2 }).hover();
    await chat.page.mouse.down();
    await chat.page.mouse.move(5, 5);
    await chat.page.mouse.up();
    await expect(sheetOf(chat)).toBeVisible();
    await chat.page.mouse.click(5, 5);
    await expect(sheetOf(chat)).toHaveCount(0);
    await expect(chat.account.button).toBeFocused();
  });

  test('names the keys of the keyboard before the reader', async ({ chat }) => {
    await chat.page.addInitScript(() =>
      Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' }),
    );
    await chat.open();
    await chat.page.keyboard.press('Meta+/');
    await expect(sheetOf(chat).getByText('⌘').first()).toBeVisible();
    await expect(sheetOf(chat).getByText('Ctrl')).toHaveCount(0);
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 320, height: 480 }, hasTouch: true, isMobile: true });

    test('fits', async ({ chat, site }, testInfo) => {
      site.answerWith(saying('Read.'));
      await chat.open();
      await chat.ask('Hello');
      await chat.page.getByRole('button', { name: 'Show the list of chats' }).tap();
      await chat.account.choose('Keyboard shortcuts');
      await expect(sheetOf(chat)).toBeInViewport({ ratio: 1 });
      await chat.expectToFit();
      await takePicture(chat.page, testInfo, 'phone-shortcuts');
    });
  });
});

test.describe('copying the last reply by the keyboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('gives it as Markdown, and leaves the focus where it is', async ({ chat, site }) => {
    await chat.open();
    await chat.page.keyboard.press('Control+Shift+C');
    await expect(chat.page.getByText('There is no reply to copy yet.')).toBeVisible();

    site.answerWith(saying('The first.'));
    await chat.ask('One');
    site.answerWith(saying('Two **bold** words\n\n- and a list'));
    await chat.ask('Two');
    await chat.page.keyboard.press('Control+Shift+C');
    await expect(chat.page.getByText('Reply copied.')).toBeVisible();
    const copied = await chat.page.evaluate(() => navigator.clipboard.readText());
    expect(copied.replaceAll('\r\n', '\n')).toBe('Two **bold** words\n\n- and a list');
    await expect(chat.composer).toBeFocused();
  });
});
