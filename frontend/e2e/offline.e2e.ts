import type { ChatPage } from './support/chat-page.js';
import { Device } from './support/device.js';
import { Dictation, saying } from './support/dictation.js';
import { PASSWORD } from './support/passwords.js';
import { takePicture } from './support/picture.js';
import { SCRIPTED } from './support/site.js';
import { expect, test } from './support/test.js';

const LAST_SEEN = 'Offline. This is what was here last.';

test.use({ serviceWorkers: 'allow', tolerated: /net::ERR_/ });

/** A visitor who has read two chats, on a device that has the page. */
async function readTwoChats(chat: ChatPage): Promise<Device> {
  const device = new Device(chat.page);
  await chat.open();
  await device.hasThePage();
  await chat.ask('The first question');
  await chat.newChat();
  await chat.ask('The second question');
  await device.expectKept('The second question');
  return device;
}

test.describe('without a network', () => {
  test('the page opens as it was last, and goes on by itself when there is one', async ({
    chat,
    site,
  }, testInfo) => {
    site.answerWith(saying('One **bold** answer.'));
    await readTwoChats(chat);
    const { page } = chat;
    await page.context().setOffline(true);
    await page.reload();
    await expect(chat.connection).toHaveText(LAST_SEEN);
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.replyText).toHaveText('One bold answer.');
    // Styles show the nonce of the page that was kept.
    await expect(chat.composer).toHaveCSS('border-top-width', '0px');
    await chat.chatLink('The first question').click();
    await expect(chat.messages.first()).toContainText('The first question');
    await expect(chat.replyText).toHaveText('One bold answer.');
    await chat.chatLink('The second question').click();
    await expect(chat.messages.first()).toContainText('The second question');
    await expect(chat.banner).toBeHidden();
    await expect(chat.modelButton).toHaveText(SCRIPTED);
    await chat.newChat();
    await expect(chat.modelButton).toHaveText(SCRIPTED);
    await expect(page.getByRole('button', { name: /^Explain/ })).toBeDisabled();
    await chat.chatLink('The second question').click();

    await chat.send('Written offline');
    await expect(chat.sendButton).toBeDisabled();
    await expect(page.getByText('Sending waits for the server.')).toBeVisible();
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.banner).toBeHidden();
    await takePicture(page, testInfo, 'offline');
    await page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(page, testInfo, 'dark-offline');
    await page.setViewportSize({ width: 390, height: 844 });
    await chat.expectToFit();
    await takePicture(page, testInfo, 'phone-offline');
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.context().setOffline(false);
    await expect(chat.connection).toBeHidden();
    await expect(chat.composer).toHaveValue('Written offline');
    await chat.composer.press('Enter');
    await expect(chat.messages).toHaveCount(4);
    await chat.finished();
  });

  test('the server that was stopped is noticed, and so is its return', async ({ chat, site }) => {
    await readTwoChats(chat);
    site.line.cut();
    await chat.page.reload();
    await expect(chat.connection).toHaveText(LAST_SEEN);
    await expect(chat.chatLink('The first question')).toBeVisible();
    await expect(chat.messages).toHaveCount(2);

    site.mend();
    await expect(chat.connection).toBeHidden();
    await expect(chat.account.button).toBeVisible();
    await chat.ask('The third question');
  });

  test('what was asked last is there, also where its reply had not ended yet', async ({ chat, site }) => {
    const device = await readTwoChats(chat);
    const dictation = new Dictation().say('slowly ');
    site.answerWith(dictation.scenario);
    await chat.newChat();
    await chat.send('The third question');
    await expect(chat.replyText).toHaveText('slowly');
    await device.expectKept('The third question');
    await chat.page.context().setOffline(true);
    await chat.page.reload();
    await expect(chat.connection).toHaveText(LAST_SEEN);
    await expect(chat.messages).toHaveText([/The third question/]);
    await chat.page.context().setOffline(false);
    await expect(chat.replyText).toHaveText('slowly');
    dictation.end();
    await chat.finished();
  });

  test('a chat that was never opened here says that it cannot be read', async ({ chat, site }) => {
    const ada = await site.userNamed('Ada');
    await chat.signInAs(ada);
    await readTwoChats(chat);
    await chat.page.context().setOffline(true);
    await chat.page.goto('/chat/00000000-0000-4000-8000-000000000000');
    await expect(chat.banner).toContainText('The server cannot be reached.');
    await expect(chat.connection, 'nothing was here').toBeHidden();
    await chat.chatLink('The first question').click();
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.banner).toBeHidden();
  });
});

test.describe('a server on the machine of its reader', () => {
  test('is there without a network, and nothing says otherwise', async ({ chat, site }) => {
    const { page } = chat;
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'onLine', { value: false });
    });
    await chat.open();
    await chat.ask('The first question');
    await expect(chat.connection).toBeHidden();

    const dictation = new Dictation().say('slowly ');
    site.answerWith(dictation.scenario);
    await chat.send('The second question');
    await expect(chat.replyText).toHaveText('slowly');
    await page.evaluate(async () => {
      dispatchEvent(new Event('offline'));
      // Until it is on the page that the network is gone.
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    });
    await expect(chat.connection).toBeHidden();
    dictation.say('but surely').end();
    await expect(chat.replyText).toHaveText('slowly but surely');
    await chat.finished();
  });
});

test.describe('what is kept of what was read', () => {
  test('is gone with who signs out, and is not to be seen offline', async ({ chat, site }) => {
    await chat.signInAs(await site.userNamed('Ada'));
    const device = await readTwoChats(chat);
    await chat.account.choose('Sign out');
    await expect(chat.page).toHaveURL('/');
    await expect(chat.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();
    expect(await device.kept()).toBe('[]');

    await chat.page.context().setOffline(true);
    await chat.page.reload();
    await expect(chat.connection).toHaveText(LAST_SEEN);
    await expect(chat.page.getByText(/The (first|second) question/)).toHaveCount(0);
  });

  test('is bounded: what was read longest ago makes room', async ({ chat }) => {
    const device = await readTwoChats(chat);
    await device.haveRead(60, 1000);
    await chat.ask('One more');
    await device.expectKept('One more');
    await device.expectNotKept('Old chat 12.');
    expect(JSON.parse(await device.kept())).toHaveLength(50);
    expect(await device.kept()).toContain('Old chat 13.');
    expect(await device.kept()).toContain('The first question');

    await device.haveRead(40, 500_000);
    await chat.ask('Yet another');
    await device.expectKept('Yet another');
    await device.expectNotKept('Old chat 30.');
    expect(await device.kept()).toContain('Old chat 31.');
    expect(await device.kept()).toContain('The first question');
  });

  test('is gone with the account', async ({ chat, site }) => {
    const email = `ada-${Date.now()}@example.com`;
    await chat.signInAs(await site.userNamed('Ada', email));
    const device = await readTwoChats(chat);
    await chat.page.goto('/settings');
    const form = chat.page.getByRole('region', { name: 'Delete the account' });
    await form.getByRole('textbox', { name: /^Type .* to confirm/ }).fill(email);
    await form.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await form.getByRole('button', { name: 'Delete for good' }).click();
    await expect(chat.page).toHaveURL('/');
    await expect(chat.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();
    expect(await device.kept()).toBe('[]');
  });

  test('is gone when the sign-in was ended elsewhere', async ({ chat, site }) => {
    const ada = await site.userNamed('Ada');
    await chat.signInAs(ada);
    const device = await readTwoChats(chat);
    await ada.data('mutation { signOutEverywhere }');
    await chat.page.reload();
    await device.expectNotKept('question');
  });

  test('is nobody else’s who signs in, also while a page of the first is still open', async ({
    chat,
    site,
  }) => {
    await chat.signInAs(await site.userNamed('Ada'));
    // Put away by the browser for a while, it hears nothing of who has come.
    await chat.page.addInitScript(() => {
      const listen = addEventListener;
      window.addEventListener = (type: string, ...rest: unknown[]) => {
        if (type !== 'storage') Reflect.apply(listen, window, [type, ...rest]);
      };
    });
    const device = await readTwoChats(chat);
    const forgotten = chat.page;
    await chat.signInAs(await site.userNamed('Grace'));
    const other = await chat.page.context().newPage();
    await other.goto('/');
    await expect(other.getByRole('button', { name: /^Account: Grace/ })).toBeVisible();
    await device.expectNotKept('question');
    await forgotten.getByRole('link', { name: 'The first question' }).click();
    await expect(forgotten.getByRole('alert')).toBeVisible();
    await device.expectNotKept('question');
  });

  test('is gone with a chat that is deleted, here or elsewhere', async ({ chat, site }) => {
    const ada = await site.userNamed('Ada');
    await chat.signInAs(ada);
    const device = await readTwoChats(chat);
    await chat.sidebar.getByRole('button', { name: 'Options for The first question' }).click();
    await chat.page.getByRole('menuitem', { name: 'Delete' }).click();
    await device.expectNotKept('The first question');

    const id = chat.page.url().split('/').at(-1);
    await device.expectKept('The second question');
    await chat.page.goto('/health');
    await ada.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id });
    await chat.page.goto('/');
    await expect(chat.sidebar.getByText('Your chats will stand here.')).toBeVisible();
    await device.expectNotKept('The second question');
  });
});
