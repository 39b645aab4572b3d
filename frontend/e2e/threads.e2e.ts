import type { Locator } from '@playwright/test';
import type { ChatPage } from './support/chat-page.js';
import { Dictation, failingAfter, saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

const LONG = Array.from({ length: 40 }, (_, line) => `Line ${line} of a long reply.\n\n`);

const versionsOf = (message: Locator): Locator => message.getByRole('group', { name: 'Versions' });

/** A chat of two questions, the first of which was answered at length. */
async function twoQuestions(chat: ChatPage, answerWith: (...pieces: string[]) => void): Promise<void> {
  answerWith(...LONG);
  await chat.open();
  await chat.ask('What is a tide?');
  answerWith('The ', 'Moon.');
  await chat.ask('And who pulls?');
}

test.describe('a message of mine', { tag: '@distributed' }, () => {
  test('is edited wherever it stands, and both versions are kept', async ({ chat, site }, testInfo) => {
    await twoQuestions(chat, (...pieces) => site.answerWith(saying(...pieces)));
    await chat.composer.fill('a draft that I had begun');
    const first = chat.messages.first();
    await first.hover();
    await first.getByRole('button', { name: 'Edit message' }).click();
    await expect(chat.composer).toBeFocused();
    await expect(chat.composer).toHaveValue('What is a tide?');
    await expect(chat.page.getByText('Editing your message.')).toBeVisible();
    await takePicture(chat.page, testInfo, 'editing');

    await chat.page.keyboard.press('Escape');
    await expect(chat.composer).toHaveValue('a draft that I had begun');
    await expect(chat.composer).toBeFocused();
    await expect(chat.messages).toHaveCount(4);

    // By the keyboard alone.
    await first.getByRole('button', { name: 'Edit message' }).focus();
    await chat.page.keyboard.press('Enter');
    await expect(chat.composer).toHaveValue('What is a tide?');
    await chat.composer.fill('What is a spring tide?');
    await chat.page.reload();
    await expect(chat.composer, 'an edit outlives a reload').toHaveValue('What is a spring tide?');
    site.answerWith(saying('Sun and Moon ', 'in line.'));
    await chat.composer.press('Enter');
    await expect(chat.replyText).toHaveText('Sun and Moon in line.');
    await chat.finished();
    await expect(chat.messages).toHaveCount(2);
    await expect(versionsOf(first)).toHaveText('2/2');
    await expect(chat.composer).toHaveValue('a draft that I had begun');

    await versionsOf(first).getByRole('button', { name: 'Previous version' }).click();
    await expect(chat.messages).toHaveCount(4);
    await expect(chat.reply).toContainText('The Moon.');
  });
});

test.describe('versions', () => {
  test('change under the same button: the place and the focus are kept', async ({ chat, site }, testInfo) => {
    const answerWith = (...pieces: string[]): void => site.answerWith(saying(...pieces));
    await twoQuestions(chat, answerWith);
    const answer = chat.messages.nth(3);
    const forth = versionsOf(answer).getByRole('button', { name: 'Next version' });
    const back = versionsOf(answer).getByRole('button', { name: 'Previous version' });
    answerWith(...LONG);
    await chat.ask('Tell me more');
    answerWith(...LONG, 'The Sun as well.');
    await answer.hover();
    await answer.getByRole('button', { name: 'Regenerate' }).click();
    await expect(answer).toContainText('The Sun as well.');
    await chat.finished();
    await chat.ask('Tell me even more');

    // From a long version to a short one and back, each with a conversation of its own after it.
    await back.focus();
    await expect(back).toBeInViewport();
    const place = await back.boundingBox();
    const expectPlaceKept = async (): Promise<void> => {
      const now = await back.boundingBox();
      expect(Math.abs((now?.y ?? 0) - (place?.y ?? 0)), 'pixels that it has moved').toBeLessThan(2);
    };
    await chat.page.keyboard.press('Enter');
    await expect(versionsOf(answer)).toHaveText('1/2');
    await expect(chat.messages.last()).toContainText('Line 39');
    await expect(chat.messages.nth(4)).toContainText('Tell me more');
    await expect(back).toBeFocused();
    await expectPlaceKept();
    await takePicture(chat.page, testInfo, 'versions');
    await forth.click();
    await expect(versionsOf(answer)).toHaveText('2/2');
    await expect(chat.messages.nth(4)).toContainText('Tell me even more');
    await expect(forth).toBeFocused();
    await expectPlaceKept();
    await chat.page.reload();
    await expect(versionsOf(answer)).toHaveText('2/2');
  });

  test('on a phone are as easy to reach', async ({ newVisitor, site }, testInfo) => {
    const phone = await newVisitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    site.answerWith(saying('Water that ', 'comes and goes.'));
    await phone.open();
    await phone.ask('What is a tide?');
    await phone.messages.first().getByRole('button', { name: 'Edit message' }).tap();
    await expect(phone.composer).toHaveValue('What is a tide?');
    await takePicture(phone.page, testInfo, 'editing-phone');
    await phone.send('What is a spring tide, and how does it come about in the course of a month?');
    await expect(versionsOf(phone.messages.first())).toHaveText('2/2');
    await phone.finished();
    await phone.expectToFit();
    await takePicture(phone.page, testInfo, 'versions-phone');
    await versionsOf(phone.messages.first()).getByRole('button', { name: 'Previous version' }).tap();
    await expect(phone.messages.first()).toContainText('What is a tide?');
  });
});

test.describe('a reply that ended early', { tag: '@distributed' }, () => {
  test('goes on where it was stopped, in the same place', async ({ chat, site }, testInfo) => {
    site.answerWith(new Dictation().say('The tide is ', 'water that').scenario);
    await chat.open();
    await chat.send('What is a tide?');
    await expect(chat.replyText).toHaveText('The tide is water that');
    await chat.stopButton.click();
    await chat.finished();
    await expect(chat.reply.getByText('Stopped', { exact: true })).toBeVisible();
    await takePicture(chat.page, testInfo, 'stopped');

    const dictation = new Dictation().say(' comes');
    site.answerWith(dictation.scenario);
    await chat.reply.getByRole('button', { name: 'Continue' }).focus();
    await chat.page.keyboard.press('Enter');
    await expect(chat.replyText).toHaveText('The tide is water that comes');
    await expect(chat.composer).toBeFocused();
    await chat.page.reload();
    await expect(chat.replyText).toHaveText('The tide is water that comes');
    dictation.say(' and goes.').end();
    await chat.finished();
    await expect(chat.replyText).toHaveText('The tide is water that comes and goes.');
    await expect(chat.messages).toHaveCount(2);
    await expect(versionsOf(chat.reply)).toHaveText('2/2');
    await chat.page.reload();
    await expect(chat.replyText).toHaveText('The tide is water that comes and goes.');
  });

  test('goes on after its provider failed', async ({ newVisitor, site }, testInfo) => {
    const phone = await newVisitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    site.answerWith(failingAfter('The tide is ', 'water that'));
    await phone.open();
    await phone.ask('What is a tide?');
    await expect(phone.banner).toBeVisible();
    await takePicture(phone.page, testInfo, 'failed-phone');
    site.answerWith(saying(' comes ', 'and goes.'));
    await phone.banner.getByRole('button', { name: 'Continue' }).tap();
    await expect(phone.replyText).toHaveText('The tide is water that comes and goes.');
    await phone.finished();
    await expect(phone.banner).toBeHidden();
    await takePicture(phone.page, testInfo, 'continued-phone');
  });
});

test.describe('a new chat from a reply', { tag: '@distributed' }, () => {
  test('begins as the old one did, and leaves that alone', async ({ chat, site }, testInfo) => {
    await twoQuestions(chat, (...pieces) => site.answerWith(saying(...pieces)));
    const old = chat.page.url();
    const first = chat.messages.nth(1);
    await first.hover();
    await first.getByRole('button', { name: 'New chat from here' }).click();
    await expect(chat.page).not.toHaveURL(old);
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.chatLink('What is a tide? (2)')).toBeVisible();
    await expect(chat.page).toHaveTitle('What is a tide? (2) · Rivulet');
    await expect(chat.composer).toBeFocused();
    site.answerWith(saying('Twice ', 'a day.'));
    await chat.ask('How often?');
    await expect(chat.replyText).toHaveText('Twice a day.');
    await chat.reply.hover();
    await takePicture(chat.page, testInfo, 'forked');
    await chat.chatLink(/tide\?$/).click();
    await expect(chat.messages).toHaveCount(4);
    await expect(chat.reply).toContainText('The Moon.');
  });
});
