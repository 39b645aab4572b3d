import { takePicture } from './support/picture.js';
import { saying } from './support/dictation.js';
import type { ChatPage } from './support/chat-page.js';
import { expect, test } from './support/test.js';

const button = (chat: ChatPage) => chat.page.getByRole('button', { name: /^Instructions/ });
const panel = (chat: ChatPage) => chat.page.getByRole('dialog', { name: 'Instructions for this chat' });
const prompt = (chat: ChatPage) => panel(chat).getByRole('textbox', { name: 'Instructions' });
const temperature = (chat: ChatPage) => panel(chat).getByRole('slider', { name: 'Temperature' });

test.describe('instructions', () => {
  test('go with the first message of a chat, and stay with it @distributed', async ({ chat, site }) => {
    site.answerWith(saying('As you like.'));
    await chat.open();
    await expect(button(chat)).toHaveAccessibleName('Instructions');
    await button(chat).press('Enter');
    await expect(prompt(chat)).toBeFocused();
    await prompt(chat).fill('Answer like a pirate.');
    await temperature(chat).press('ArrowLeft');
    await expect(panel(chat)).toContainText('0.9');
    await expect(panel(chat)).toContainText('Begins with your first message.');
    await chat.page.keyboard.press('Escape');
    await expect(panel(chat)).toBeHidden();
    await expect(button(chat)).toBeFocused();
    await expect(button(chat)).toHaveAccessibleName('Instructions, set');

    await chat.page.reload();
    await expect(button(chat)).toHaveAccessibleName('Instructions, set');
    await chat.ask('Who are you?');
    expect(site.lastRequest).toMatchObject({ instructions: 'Answer like a pirate.', temperature: 0.9 });

    await chat.page.reload();
    await button(chat).click();
    await expect(prompt(chat)).toHaveValue('Answer like a pirate.');
    await expect(temperature(chat)).toHaveValue('0.9');
    await chat.page.keyboard.press('Escape');
    await chat.newChat();
    await expect(button(chat)).toHaveAccessibleName('Instructions');
  });

  test('are saved as they are typed, also when a message follows at once @distributed', async ({
    chat,
    site,
  }) => {
    site.answerWith(saying('As you like.'));
    await chat.open();
    await chat.ask('Hello');
    await button(chat).click();
    await prompt(chat).fill('Be brief.');
    await expect(panel(chat).getByText('Saved', { exact: true })).toBeVisible();
    await prompt(chat).fill('Be very brief.');
    await chat.page.keyboard.press('Escape');
    await chat.ask('And now?');
    expect(site.lastRequest).toMatchObject({ instructions: 'Be very brief.' });
    await button(chat).click();
    await prompt(chat).fill('');
    await chat.page.keyboard.press('Escape');
    await expect(button(chat)).toHaveAccessibleName('Instructions');
    await chat.ask('And now?');
    expect(site.lastRequest).not.toHaveProperty('instructions');
  });

  test('say what a model does with a temperature that it does not take', async ({ chat }) => {
    await chat.open();
    await button(chat).click();
    await temperature(chat).press('End');
    await expect(panel(chat)).toContainText('2.0');
    await chat.page.keyboard.press('Escape');
    await chat.chooseModel('Sonata 5.5');
    await button(chat).click();
    await expect(panel(chat)).toContainText(
      'Sonata 5.5 takes up to 1, and answers at its own until you change this.',
    );
    await panel(chat).getByRole('button', { name: "Use the model's own temperature" }).click();
    await expect(panel(chat)).toContainText("The model's own");
    await chat.page.keyboard.press('Escape');
    await chat.chooseModel('Rivulet demo');
    await button(chat).click();
    await expect(panel(chat)).toContainText('Rivulet demo has a temperature of its own.');
    await expect(temperature(chat)).toBeHidden();
  });

  test.describe('that cannot be saved', () => {
    test.use({ tolerated: /net::ERR_/ });

    test('say so, and are tried again', async ({ chat, site }) => {
      site.answerWith(saying('As you like.'));
      await chat.open();
      await chat.ask('Hello');
      await chat.page.route('**/graphql', (route) => route.abort());
      await button(chat).click();
      await prompt(chat).fill('Be brief.');
      await expect(panel(chat)).toContainText('Not saved. The server cannot be reached.');
      await chat.page.unroute('**/graphql');
      await panel(chat).getByRole('button', { name: 'Try again' }).click();
      await expect(panel(chat).getByText('Saved', { exact: true })).toBeVisible();
      await chat.page.reload();
      await expect(button(chat)).toHaveAccessibleName('Instructions, set');
    });
  });

  test('the choice of a model stays with a chat, before anything is asked', async ({ chat, site }) => {
    site.answerWith(saying('As you like.'));
    await chat.open();
    await chat.ask('Hello');
    await chat.chooseModel('Echo');
    await chat.newChat();
    await chat.chooseModel('Sonata 5.5');
    await chat.chatLink('Hello').click();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Echo');
    await chat.page.reload();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Echo');
  });

  test('as a picture', async ({ chat, site }, testInfo) => {
    site.answerWith(saying('Aye.'));
    await chat.open();
    await chat.ask('Who are you?');
    await button(chat).click();
    await prompt(chat).fill('You review TypeScript. Be brief, and show code rather than describe it.');
    await temperature(chat).press('ArrowLeft');
    await expect(panel(chat).getByText('Saved', { exact: true })).toBeVisible();
    await takePicture(chat.page, testInfo, 'instructions');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-instructions');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

    test('fit', async ({ chat }, testInfo) => {
      await chat.open();
      await button(chat).tap();
      await prompt(chat).fill('Be brief.');
      await expect(panel(chat)).toBeInViewport({ ratio: 1 });
      await chat.expectToFit();
      await takePicture(chat.page, testInfo, 'phone-instructions');
    });
  });
});
