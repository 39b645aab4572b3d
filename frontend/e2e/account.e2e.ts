import { ApiClient } from '../../backend/test/support/api-client.js';
import { ChatPage } from './support/chat-page.js';
import { PASSWORD } from './support/passwords.js';
import { expect, test } from './support/test.js';

let count = 0;
const newEmail = (): string => `grace-${Date.now()}-${count++}@example.com`;

test.describe('the account menu', () => {
  test('says who is here and what is left, and is used by the keyboard', async ({ chat, site }) => {
    await chat.signInAs(await site.userNamed('Grace', newEmail()));
    await chat.open();
    await chat.account.button.press('Enter');
    await expect(chat.account.menu).toContainText('Grace');
    const plan = chat.account.menu.getByRole('menuitem', { name: 'Free plan' });
    await expect(plan).toContainText('100 of 100 messages left today');
    await expect(plan).toBeFocused();
    await expect(chat.account.menu.getByRole('menuitem', { name: 'Administration' })).toHaveCount(0);

    await chat.page.keyboard.press('Escape');
    await expect(chat.account.menu).toBeHidden();
    await expect(chat.account.button).toBeFocused();

    await chat.account.button.press('Enter');
    await expect(plan).toBeFocused();
    await chat.page.keyboard.press('ArrowDown');
    await chat.page.keyboard.press('Enter');
    await expect(chat.page).toHaveURL('/settings');
    await expect(chat.page.getByRole('heading', { name: 'Settings' })).toBeFocused();
    await chat.page.getByRole('link', { name: 'Back to the chat' }).click();
    await expect(chat.composer).toBeFocused();
  });
});

test('who signs out in one tab leaves nothing in another, and who comes next is there in all', async ({
  chat,
  site,
}) => {
  const email = newEmail();
  await site.userNamed('Alan', email);
  await chat.signInAs(await site.userNamed('Grace', newEmail()));
  await chat.open();
  await chat.ask('Only for Grace');
  const first = new ChatPage(await chat.page.context().newPage());
  await first.open(new URL(chat.page.url()).pathname);
  await expect(first.messages.first()).toContainText('Only for Grace');

  await chat.page.bringToFront();
  await chat.account.choose('Sign out');
  await expect(first.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await expect(first.page.getByText('Only for Grace')).toHaveCount(0);

  await chat.page.goto('/sign-in');
  await chat.account.signIn(email);
  await expect(chat.account.button).toHaveAccessibleName(/Alan/);
  await expect(first.account.button).toHaveAccessibleName(/Alan/);
});

test.describe('the account menu on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('is in the drawer, which closes when it has led somewhere', async ({ chat, site }) => {
    await chat.signInAs(await ApiClient.guest(site.url));
    await chat.open();
    await chat.page.getByRole('button', { name: 'Show the list of chats' }).tap();
    await chat.account.button.tap();
    for (const item of await chat.account.menu.getByRole('menuitem').all()) {
      expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await expect(chat.account.menu).toBeInViewport({ ratio: 1 });
    await chat.account.menu.getByRole('menuitem', { name: 'Settings' }).tap();
    await expect(chat.page).toHaveURL('/settings');
    await expect(chat.sidebar).toBeHidden();
    await expect(chat.page.getByRole('heading', { name: 'Settings' })).toBeFocused();

    await chat.page.getByRole('button', { name: 'Show the list of chats' }).tap();
    await chat.account.button.tap();
    await chat.account.menu.getByRole('menuitem', { name: 'Sign in' }).tap();
    await expect(chat.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(chat.sidebar).toBeHidden();
    await chat.page.getByRole('link', { name: 'Back to the chats' }).tap();
    await expect(chat.page, 'where they were').toHaveURL('/settings');
  });
});

test.describe('the settings', () => {
  test(
    'change the password, which ends every other sign-in',
    { tag: '@distributed' },
    async ({ chat, site, newVisitor }) => {
      const email = newEmail();
      const user = await site.userNamed('Grace', email);
      await chat.signInAs(user);
      const elsewhere = await newVisitor();
      await elsewhere.page.goto('/sign-in');
      await elsewhere.account.signIn(email);
      await expect(elsewhere.account.button).toHaveAccessibleName('Account: Grace · Free');

      await chat.page.goto('/settings');
      const form = chat.page.getByRole('region', { name: 'Password', exact: true });
      const current = form.getByLabel('Current password', { exact: true });
      await current.fill('not the password');
      await form.getByLabel('New password', { exact: true }).fill('another long one');
      await chat.page.keyboard.press('Enter');
      await expect(current).toHaveAccessibleDescription('This is not the current password.');
      await expect(current).toBeFocused();
      await current.fill(PASSWORD);
      await chat.page.keyboard.press('Enter');
      await expect(form.getByRole('status')).toContainText('The password is changed.');
      await expect(current).toHaveValue('');

      await chat.page.reload();
      await expect(chat.page.getByText(email, { exact: true }), 'this sign-in goes on').toBeVisible();
      await elsewhere.page.goto('/settings');
      await expect(elsewhere.account.problem).toContainText('You are signed out.');
      await elsewhere.page.getByRole('link', { name: 'Sign in' }).last().click();
      await elsewhere.account.signIn(email, 'another long one');
      await expect(elsewhere.page).toHaveURL('/settings');
      await expect(elsewhere.page.getByText(email, { exact: true })).toBeVisible();
    },
  );

  test('sign out everywhere', async ({ chat, site, newVisitor }) => {
    const email = newEmail();
    await chat.signInAs(await site.userNamed('Grace', email));
    const elsewhere = await newVisitor();
    await elsewhere.page.goto('/sign-in');
    await elsewhere.account.signIn(email);
    await expect(elsewhere.account.button).toBeVisible();

    await chat.page.goto('/settings');
    await chat.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(chat.page).toHaveURL('/');
    await expect(chat.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await elsewhere.page.reload();
    await expect(elsewhere.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();
  });

  test('delete the account, once its address and password are typed', async ({ chat, site }) => {
    const email = newEmail();
    await chat.signInAs(await site.userNamed('Grace', email));
    await chat.page.goto('/settings');
    const form = chat.page.getByRole('region', { name: 'Delete the account' });
    const remove = form.getByRole('button', { name: 'Delete for good' });
    await expect(remove).toBeDisabled();
    await form.getByRole('textbox', { name: `Type ${email} to confirm` }).fill(email);
    await expect(remove).toBeDisabled();
    await form.getByLabel('Password', { exact: true }).fill('not the password');
    await remove.click();
    await expect(form.getByRole('alert')).toHaveText('This is not the password of this account.');
    await form.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await chat.page.keyboard.press('Enter');
    await expect(chat.page).toHaveURL('/');
    await expect(chat.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();

    const again = new ApiClient(site.url);
    await expect(again.signIn(email, PASSWORD)).rejects.toThrow(/UNAUTHENTICATED/);
  });

  test('ask a guest to stay, and forget one who does not', async ({ chat, site }) => {
    const guest = await ApiClient.guest(site.url);
    await chat.signInAs(guest);
    await chat.page.goto('/settings');
    await expect(chat.page.getByRole('link', { name: 'Create an account: your chats stay' })).toBeVisible();
    await expect(chat.page.getByRole('region', { name: 'Password' })).toHaveCount(0);
    await chat.page.getByRole('textbox', { name: 'Type delete to confirm' }).fill('delete');
    await chat.page.keyboard.press('Enter');
    await expect(chat.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await expect.poll(() => guest.data('{ viewer { id } }')).toEqual({ viewer: null });
  });

  test('lead somebody who is not signed in to the sign-in page, and back', async ({ chat, site }) => {
    const email = newEmail();
    await site.userNamed('Grace', email);
    await chat.page.goto('/settings');
    await chat.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await chat.account.signIn(email);
    await expect(chat.page).toHaveURL('/settings');
    await expect(chat.page.getByText(email, { exact: true })).toBeVisible();
  });
});
