import { saying } from './support/dictation.js';
import { PASSWORD } from './support/passwords.js';
import { expect, test } from './support/test.js';

let count = 0;
const newEmail = (): string => `ada-${Date.now()}-${count++}@example.com`;

test.describe('an account', { tag: '@distributed' }, () => {
  test('takes over what its guest has done, and opens from anywhere', async ({ chat, site, newVisitor }) => {
    site.answerWith(saying('Noted.'));
    const email = newEmail();
    await chat.open();
    await chat.ask('Apples and pears');
    const address = chat.page.url();

    await chat.account.choose('Create an account Your chats stay.');
    await expect(chat.page.getByText('Your chats stay.')).toBeVisible();
    await chat.account.signUp(email, 'Ada');
    await expect(chat.page, 'back where they were').toHaveURL(address);
    await expect(chat.account.button).toHaveAccessibleName('Account: Ada · Free');
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.chatLink('Apples and pears')).toBeVisible();

    const elsewhere = await newVisitor();
    await elsewhere.page.goto('/sign-in');
    await elsewhere.account.signIn(email.toUpperCase());
    await expect(elsewhere.page).toHaveURL('/');
    await elsewhere.chatLink('Apples and pears').click();
    await expect(elsewhere.messages).toHaveCount(2);
  });
});

test.describe('the sign-in page', () => {
  test('says what is wrong, and lets it be tried again', async ({ chat, site }) => {
    const email = newEmail();
    await site.userNamed('Grace', email);
    await chat.page.goto('/sign-in');
    await expect(chat.account.email).toBeFocused();

    await chat.page.keyboard.press('Enter');
    await expect(chat.account.email).toBeFocused();
    await expect(chat.account.email).toHaveAccessibleDescription(/as in name@example\.com/);

    await chat.account.signIn(email, 'not the password');
    await expect(chat.account.problem).toHaveText('This email address and password do not belong together.');
    await expect(chat.account.password).toBeFocused();
    await expect(chat.account.email).toHaveValue(email);

    await chat.page.keyboard.type(PASSWORD);
    await chat.page.keyboard.press('Enter');
    await expect(chat.account.button).toHaveAccessibleName('Account: Grace · Free');
  });

  test('says the same of an address that nobody has', async ({ chat }) => {
    await chat.page.goto('/sign-in');
    await chat.account.signIn(newEmail());
    await expect(chat.account.problem).toHaveText('This email address and password do not belong together.');
  });

  test('leads from an address that is taken to the other form', async ({ chat, site }) => {
    const email = newEmail();
    await site.userNamed('Grace', email);
    await chat.page.goto('/sign-in?account=new');
    await chat.account.signUp(email, 'Somebody else');
    await expect(chat.account.problem).toContainText('There is an account with this email address already.');
    await chat.page.getByRole('link', { name: 'Sign in with it' }).click();
    await expect(chat.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(chat.account.problem).toBeHidden();
    await expect(chat.account.email).toHaveValue(email);
  });

  test('asks for a password that is long enough before the server does', async ({ chat }) => {
    await chat.page.goto('/sign-in?account=new');
    await chat.account.email.fill(newEmail());
    await chat.account.password.fill('too short');
    await chat.account.password.press('Enter');
    await expect(chat.account.password).toBeFocused();
    await expect(chat.account.password).toHaveAccessibleDescription(
      'A password has at least 10 characters; this one has 9.',
    );
  });

  test('is walked through by the keyboard alone, and tells password managers what is what', async ({
    chat,
  }) => {
    await chat.page.goto('/sign-in');
    await expect(chat.account.email).toBeFocused();
    await expect(chat.account.email).toHaveAttribute('autocomplete', 'username');
    await expect(chat.account.password).toHaveAttribute('autocomplete', 'current-password');
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.type('what I type');
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Space');
    await expect(chat.account.password).toHaveAttribute('type', 'text');
    await expect(chat.page.getByRole('button', { name: 'Hide password' })).toBeFocused();
    await chat.page.keyboard.press('Space');
    await expect(chat.account.password).toHaveAttribute('type', 'password');
    for (const name of ['Sign in', 'Continue as guest']) {
      await chat.page.keyboard.press('Tab');
      await expect(chat.page.getByRole('button', { name, exact: true })).toBeFocused();
    }
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Enter');
    await expect(chat.page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
    await expect(chat.account.email).toBeFocused();
    await expect(chat.account.password).toHaveAttribute('autocomplete', 'new-password');
  });

  test('leads nowhere else than back into this page', async ({ chat, site }) => {
    const email = newEmail();
    await site.userNamed('Grace', email);
    await chat.page.goto('/sign-in?back=%2F%2Fevil.example%2F');
    await chat.account.signIn(email);
    await expect(chat.page).toHaveURL('/');
    await expect(chat.account.button).toBeVisible();
  });

  test('says what came of an identity provider', async ({ chat }) => {
    await chat.page.goto('/sign-in?problem=cancelled');
    await expect(chat.account.problem).toHaveText('Signing in with the identity provider was cancelled.');
  });
});

test.describe('somebody whose sign-in has ended', () => {
  test('signs in, and is back in the chat with the draft', async ({ chat, site }) => {
    site.answerWith(saying('Noted.'));
    const email = newEmail();
    await chat.signInAs(await site.userNamed('Grace', email));
    await chat.open();
    await chat.ask('Apples and pears');
    const address = chat.page.url();

    await chat.page.context().clearCookies();
    await chat.send('And plums');
    await expect(chat.banner).toContainText('You are signed out.');
    await expect(chat.composer).toHaveValue('And plums');
    await chat.banner.getByRole('button', { name: 'Sign in' }).click();
    await chat.account.signIn(email);
    await expect(chat.page).toHaveURL(address);
    await expect(chat.composer).toHaveValue('And plums');
    await expect(chat.banner).toBeHidden();
    await chat.composer.press('Enter');
    await expect(chat.messages).toHaveCount(4);
    await chat.finished();
  });
});

test.describe('signing out', () => {
  test('leaves nothing behind', async ({ chat, site }) => {
    site.answerWith(saying('Noted.'));
    await chat.signInAs(await site.userNamed('Grace', newEmail()));
    await chat.open();
    await chat.ask('A secret question');
    await chat.composer.fill('A secret draft');
    await chat.account.choose('Sign out');
    await expect(chat.page).toHaveURL('/');
    await expect(chat.sidebar.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await expect(chat.composer).toHaveValue('');
    await expect(chat.page.getByText(/secret/)).toHaveCount(0);
    expect(await chat.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('secret');

    await chat.page.goBack();
    await expect(chat.page.getByText(/secret/)).toHaveCount(0);
  });
});
