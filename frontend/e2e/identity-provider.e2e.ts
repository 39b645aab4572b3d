import { saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.use({ setting: { identityProvider: 'Example' } });

let count = 0;
const newPerson = () => {
  const sub = `ada-${Date.now()}-${count++}`;
  return { sub, email: `${sub}@example.com`, email_verified: true, name: 'Ada Lovelace' };
};

test.describe('an identity provider', () => {
  test.beforeEach(({ site }) => site.answerWith(saying('Noted.')));

  test('leads a guest into an account, and back to the chat, which stays', async ({ chat, site }) => {
    site.atIdentityProvider(newPerson());
    await chat.open();
    await chat.ask('Apples and pears');
    const address = chat.page.url();
    await chat.composer.fill('And plums');
    await chat.account.choose('Sign in');
    await chat.page.getByRole('link', { name: 'Continue with Example' }).click();
    await expect(chat.page).toHaveURL(address);
    await expect(chat.account.button).toHaveAccessibleName('Account: Ada Lovelace · Free');
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.composer).toHaveValue('And plums');
    await chat.page.goto('/');
    await expect(chat.page, 'the way back is gone once').toHaveURL('/');
  });

  test('says when it was cancelled, and another way in still leads back', async ({ chat, site }) => {
    const email = newPerson().email;
    const grace = await site.userNamed('Grace', email);
    const session = await grace.start('Bread and butter', 'openai/astra-6');
    await chat.open(`/chat/${session.chat.id}`);
    await chat.banner.getByRole('button', { name: 'Sign in' }).click();
    site.atIdentityProvider(undefined);
    await chat.page.getByRole('link', { name: 'Continue with Example' }).click();
    await expect(chat.account.problem).toHaveText('Signing in with Example was cancelled.');
    await chat.account.signIn(email);
    await expect(chat.page).toHaveURL(`/chat/${session.chat.id}`);
    await expect(chat.messages.first()).toContainText('Bread and butter');
  });

  test('takes over no account by its address, and is connected from within', async ({ chat, site }) => {
    const ada = newPerson();
    await site.userNamed('Ada', ada.email);
    site.atIdentityProvider(ada);
    await chat.page.goto('/sign-in');
    await chat.page.getByRole('link', { name: 'Continue with Example' }).click();
    await expect(chat.account.problem).toContainText('Your email address has an account here already.');

    await chat.account.signIn(ada.email);
    await expect(chat.account.button).toHaveAccessibleName('Account: Ada · Free');
    await chat.account.choose('Settings');
    await chat.page.getByRole('link', { name: 'Connect Example' }).click();
    await expect(chat.page).toHaveURL('/settings');
    await expect(chat.page.getByText('Example is connected.')).toBeVisible();
    await chat.page.reload();
    await expect(chat.page.getByText(ada.email, { exact: true })).toBeVisible();
    await expect(chat.page.getByText('Example is connected.')).toBeHidden();

    await chat.account.choose('Sign out');
    await chat.sidebar.getByRole('link', { name: 'Sign in' }).click();
    await chat.page.getByRole('link', { name: 'Continue with Example' }).click();
    await expect(chat.account.button).toHaveAccessibleName('Account: Ada · Free');
  });

  test('leaves an account that can be given a password', async ({ chat, site }) => {
    const ada = newPerson();
    site.atIdentityProvider(ada);
    await chat.page.goto('/sign-in');
    await chat.page.getByRole('link', { name: 'Continue with Example' }).click();
    await expect(chat.account.button).toBeVisible();
    await chat.page.goto('/settings');
    const form = chat.page.getByRole('region', { name: 'Set a password' });
    await form.getByLabel('New password', { exact: true }).fill('battery staple horse');
    await chat.page.keyboard.press('Enter');
    await expect(chat.page.getByRole('region', { name: 'Password', exact: true })).toContainText(
      'The password is changed.',
    );
    await chat.account.choose('Sign out');
    await chat.sidebar.getByRole('link', { name: 'Sign in' }).click();
    await chat.account.signIn(ada.email, 'battery staple horse');
    await expect(chat.account.button).toHaveAccessibleName('Account: Ada Lovelace · Free');
  });
});
