import { saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.describe('the list of chats', () => {
  test.beforeEach(async ({ chat, site }) => {
    site.answerWith(saying('Noted.'));
    await chat.signInAs(await site.guestWithChats('Apples and pears', 'Bread and butter'));
    await chat.open();
    await chat.openChat('Bread and butter');
  });

  test('says what will stand there before the first chat', async ({ newVisitor }) => {
    const newcomer = await newVisitor();
    await newcomer.open();
    await expect(newcomer.sidebar).toContainText('Your chats will stand here.');
  });

  test('has the newest first, and opens them', async ({ chat }) => {
    await expect(chat.sidebar.getByRole('link')).toHaveText(['Bread and butter', 'Apples and pears']);
    await chat.openChat('Apples and pears');
    await expect(chat.page).toHaveTitle('Apples and pears · Rivulet');
    await chat.ask('More of them');
    await expect(chat.sidebar.getByRole('link')).toHaveText(['Apples and pears', 'Bread and butter']);
  });

  test('renames a chat', async ({ chat }) => {
    const box = chat.sidebar.getByRole('textbox', { name: 'Name of the chat' });
    await chat.chooseOption('Apples and pears', 'Rename');
    await expect(box).toBeFocused();
    await box.fill('Something else');
    await box.press('Escape');
    await expect(chat.chatLink('Apples and pears')).toBeFocused();

    await chat.chooseOption('Apples and pears', 'Rename');
    await box.fill('Pears and apples');
    await chat.composer.click();
    await expect(chat.chatLink('Pears and apples')).toBeVisible();
    await expect(chat.composer, 'the focus stays where somebody went').toBeFocused();

    await chat.chooseOption('Pears and apples', 'Rename');
    await box.fill('Orchard');
    await box.press('Enter');
    await expect(chat.chatLink('Orchard')).toBeFocused();
    await chat.page.reload();
    await expect(chat.sidebar.getByRole('link')).toHaveText(['Bread and butter', 'Orchard']);
  });

  test('deletes a chat, and takes that back', async ({ chat }) => {
    const remove = async (): Promise<void> => {
      await chat.chooseOption('Bread and butter', 'Delete');
      await expect(chat.chatLink('Bread and butter')).toBeHidden();
    };
    await remove();
    await expect(chat.page).toHaveURL('/');
    await expect(chat.chatLink('Apples and pears'), 'the focus is on its neighbour').toBeFocused();
    await chat.page.getByRole('button', { name: 'Undo' }).click();
    await expect(chat.chatLink('Bread and butter')).toBeFocused();
    await chat.page.reload();
    await expect(chat.chatLink('Bread and butter')).toBeVisible();

    await chat.chatLink('Apples and pears').click();
    await remove();
    await expect(chat.chatLink('Apples and pears'), 'the focus is on its neighbour').toBeFocused();
    await chat.page.reload();
    await expect(chat.chatLink('Apples and pears')).toBeVisible();
    await expect(chat.chatLink('Bread and butter')).toHaveCount(0);
  });

  test('pins a chat at the top', async ({ chat }) => {
    const links = chat.sidebar.getByRole('link');
    await chat.chooseOption('Apples and pears', 'Pin');
    await expect(links).toHaveText(['Apples and pears', 'Bread and butter']);
    await expect(chat.chatLink('Apples and pears')).toBeFocused();
    await expect(chat.sidebar.getByRole('list', { name: 'Pinned' }).getByRole('link')).toHaveText([
      'Apples and pears',
    ]);
    await expect(chat.sidebar.getByRole('list', { name: 'Today' }).getByRole('link')).toHaveText([
      'Bread and butter',
    ]);
    await chat.ask('More bread');
    await chat.page.reload();
    await expect(links).toHaveText(['Apples and pears', 'Bread and butter']);
    await chat.chooseOption('Apples and pears', 'Unpin');
    await expect(links).toHaveText(['Bread and butter', 'Apples and pears']);
    await expect(chat.sidebar.getByRole('heading', { name: 'Pinned' })).toHaveCount(0);
  });

  test('archives a chat, which a search still finds', async ({ chat }) => {
    const links = chat.sidebar.getByRole('link');
    await chat.chooseOption('Apples and pears', 'Archive');
    await expect(links).toHaveText(['Bread and butter']);
    await expect(chat.chatLink('Bread and butter'), 'the focus is on its neighbour').toBeFocused();
    await chat.page.getByRole('button', { name: 'Undo' }).click();
    await expect(links).toHaveText(['Bread and butter', 'Apples and pears']);
    await expect(chat.chatLink('Apples and pears')).toBeFocused();

    await chat.chooseOption('Apples and pears', 'Archive');
    await expect(links).toHaveText(['Bread and butter']);
    await chat.page.reload();
    await expect(links).toHaveText(['Bread and butter']);
    await chat.page.keyboard.press('Control+k');
    await chat.page.keyboard.type('pears');
    await expect(links).toHaveText(['Apples and pears, Archived']);
    await chat.page.keyboard.press('Escape');

    await chat.sidebar.getByRole('button', { name: 'Archived' }).click();
    await expect(chat.sidebar.getByRole('heading', { name: 'Archived chats' })).toBeVisible();
    await expect(chat.sidebar.getByRole('button', { name: 'Back to your chats' })).toBeFocused();
    await expect(links).toHaveText(['Apples and pears']);
    await chat.chatLink('Apples and pears').click();
    await expect(chat.messages).toHaveCount(2);
    await chat.chooseOption('Apples and pears', 'Unarchive');
    await expect(chat.sidebar).toContainText('What you archive will stand here.');
    await chat.sidebar.getByRole('button', { name: 'Back to your chats' }).click();
    await expect(chat.sidebar.getByRole('button', { name: 'Archived' })).toBeFocused();
    await expect(links).toHaveText(['Bread and butter', 'Apples and pears']);
  });

  test('deletes a chat even when the page is closed at once', async ({ chat }) => {
    await chat.chooseOption('Apples and pears', 'Delete');
    await expect(chat.chatLink('Apples and pears')).toBeHidden();
    await chat.page.goto('about:blank');
    await chat.open();
    await expect(chat.sidebar.getByRole('link')).toHaveText(['Bread and butter']);
  });

  test('is searched', async ({ chat }) => {
    await chat.page.keyboard.press('Control+k');
    const search = chat.sidebar.getByRole('searchbox', { name: 'Search chats' });
    await expect(search).toBeFocused();
    await search.pressSequentially('butter');
    await expect(chat.sidebar.getByRole('link')).toHaveText(['Bread and butter']);
    await search.fill('zebra');
    await expect(chat.sidebar).toContainText('No chat has these words.');
    await search.press('Escape');
    await expect(chat.sidebar.getByRole('link')).toHaveCount(2);
    await expect(search).toHaveValue('');
  });

  test('is searched for what was typed before it was there', async ({ chat }) => {
    // Where there is no room beside the page, it is rendered when the browser is idle, or when it is asked for.
    await chat.page.setViewportSize({ width: 390, height: 844 });
    await chat.page.addInitScript(() => {
      const whenIdle = globalThis.requestIdleCallback;
      // What waits no longer than so long goes on.
      globalThis.requestIdleCallback = (callback, options) =>
        options?.timeout ? whenIdle(callback, options) : 0;
    });
    await chat.page.reload();
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.sidebar).toHaveCount(0);
    await chat.page.evaluate(() => {
      // In one task: faster than any list.
      for (const key of ['k', ...'apples']) {
        const target = document.activeElement ?? document.body;
        target.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: key === 'k', bubbles: true }));
      }
    });
    const search = chat.sidebar.getByRole('searchbox', { name: 'Search chats' });
    await expect(search).toBeFocused();
    await chat.page.keyboard.type(' and');
    await expect(search).toHaveValue('apples and');
    await expect(chat.sidebar.getByRole('link')).toHaveText(['Apples and pears']);
  });

  test('finds what was said, and goes there', async ({ chat, site }) => {
    site.answerWith(
      saying(`${'A long paragraph about nothing.\n\n'.repeat(60)}The Ärmelkanal is 33 km wide.`),
    );
    await chat.openChat('Apples and pears');
    await chat.ask('How wide is the Channel?');
    site.answerWith(saying('Noted.'));
    await chat.ask('And now something else');
    await chat.chatLink('Bread and butter').click();
    await chat.page.keyboard.press('Control+k');
    await chat.page.keyboard.type('wide ÄRMEL');

    const found = chat.sidebar.getByRole('link');
    await expect(found).toHaveText([/Apples and pears.*The Ärmelkanal is 33 km wide\./]);
    await expect(found.locator('mark')).toHaveText(['Ärmel', 'wide']);
    await found.click();
    const said = chat.messages.filter({ hasText: '33 km' });
    await expect(said).toBeFocused();
    await expect(said).toBeInViewport();
    await expect(chat.page.getByText('And now something else')).not.toBeInViewport();
    await expect(found, 'the chat is the one that is open').toHaveAttribute('aria-current', 'page');
  });

  test('finds what stands on another branch, and shows that', async ({ chat }) => {
    await chat.page.keyboard.press('ArrowUp');
    await expect(chat.composer).toHaveValue('Bread and butter');
    await chat.composer.fill('Cheese and wine');
    await chat.page.keyboard.press('Enter');
    await chat.finished();
    await expect(chat.messages.first()).toContainText('Cheese and wine');
    await chat.chooseOption('Bread and butter', 'Rename');
    await chat.page.keyboard.type('Supper');
    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.press('Control+k');
    await chat.page.keyboard.type('butter');
    await chat.sidebar.getByRole('link', { name: 'Bread and butter' }).click();
    await expect(chat.messages.first()).toBeFocused();
    await expect(chat.messages.first()).toContainText('Bread and butter');
    await expect(chat.messages.first().getByRole('group', { name: 'Versions' })).toHaveText('1/2');
  });

  test('can be hidden, and stays so', async ({ chat }) => {
    await chat.sidebar.getByRole('button', { name: 'Hide the list of chats' }).click();
    await expect(chat.sidebar).toBeHidden();
    const show = chat.page.getByRole('button', { name: 'Show the list of chats' });
    await expect(show).toBeFocused();
    await chat.page.reload();
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.sidebar).toBeHidden();
    await show.click();
    await expect(chat.sidebar).toBeVisible();
  });
});

test.describe('a long list of chats', () => {
  test('loads on as it is scrolled, and by the keyboard', async ({ chat, site }) => {
    const titles = Array.from({ length: 70 }, (_, index) => `Chat number ${index + 1}`);
    site.answerWith(saying('Noted.'));
    await chat.signInAs(await site.guestWithChats(...titles));
    await chat.open();
    const links = chat.sidebar.getByRole('link');
    await expect(links).toHaveCount(30);
    await chat.chatLink('Chat number 41').scrollIntoViewIfNeeded();
    await expect(links).toHaveCount(60);
    await chat.chatLink('Chat number 11').focus();
    await expect(links).toHaveCount(70);
    await expect(links.last()).toHaveText('Chat number 1');
    await expect(chat.chatLink('Chat number 11'), 'nobody loses their place').toBeFocused();
    await expect(chat.sidebar.getByRole('button', { name: 'Load more' })).toHaveCount(0);
  });
});

test.describe('the list of chats on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('is a drawer', async ({ chat, site }) => {
    site.answerWith(saying('Noted.'));
    await chat.open();
    await expect(chat.sidebar).toBeHidden();
    await chat.ask('Apples and pears');
    await expect(chat.sidebar).toBeHidden();
    const show = chat.page.getByRole('button', { name: 'Show the list of chats' });

    await show.tap();
    await expect(chat.chatLink('Apples and pears')).toBeInViewport({ ratio: 1 });
    await chat.page.keyboard.press('Escape');
    await expect(chat.sidebar).toBeHidden();
    await expect(show).toBeFocused();

    await show.tap();
    await chat.sidebar.getByRole('button', { name: 'Hide the list of chats' }).tap();
    await expect(chat.sidebar).toBeHidden();
    await expect(show).toBeFocused();

    await show.tap();
    await chat.page
      .getByRole('button', { name: 'Close the list of chats' })
      .tap({ position: { x: 380, y: 400 } });
    await expect(chat.sidebar).toBeHidden();

    await show.tap();
    await chat.sidebar.getByRole('button', { name: 'New chat' }).tap();
    await expect(chat.sidebar).toBeHidden();
    await expect(chat.messages).toHaveCount(0);
    await show.tap();
    await chat.chatLink('Apples and pears').tap();
    await expect(chat.sidebar).toBeHidden();
    await expect(chat.messages).toHaveCount(2);
  });
});

test.describe('a chat of somebody else', { tag: '@distributed' }, () => {
  test('is not shown, and does not say that it exists', async ({ chat, site, newVisitor }) => {
    site.answerWith(saying('A secret.'));
    await chat.open();
    await chat.ask('Private matters');
    const secret = chat.page.url();

    const mallory = await newVisitor();
    await mallory.open();
    await mallory.ask('My own matters');
    await expect(mallory.reply, 'the cache is not shared').not.toContainText('from cache');
    for (const url of [secret, new URL('/chat/00000000-0000-4000-8000-000000000000', secret).href]) {
      await mallory.open(url);
      await expect(mallory.banner).toContainText('This chat does not exist, or is not yours.');
      await expect(mallory.messages).toHaveCount(0);
      await expect(mallory.page.getByText('Private matters')).toHaveCount(0);
      await expect(mallory.chatLink('My own matters')).toBeVisible();
    }
    await mallory.banner.getByRole('button', { name: 'To your chats' }).click();
    await expect(mallory.banner).toBeHidden();
    await mallory.ask('On I go');
    await expect(mallory.replyText).toHaveText('A secret.');
  });

  test('asks somebody without an account to sign in, or to continue as a guest', async ({
    chat,
    site,
    newVisitor,
  }) => {
    site.answerWith(saying('A secret.'));
    await chat.open();
    await chat.ask('Private matters');
    const stranger = await newVisitor();
    await stranger.open(chat.page.url());
    await expect(stranger.banner).toContainText('You are signed out.');
    await stranger.banner.getByRole('button', { name: 'Sign in' }).click();
    await stranger.page.getByRole('button', { name: 'Continue as guest' }).click();
    await expect(stranger.page).toHaveURL(chat.page.url());
    await expect(stranger.banner).toContainText('This chat does not exist, or is not yours.');
  });
});
