import { saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.use({ setting: { env: { AUTH_GUESTS: 'false' } } });

test.describe('an installation without guests', () => {
  test('leads the first visit to the sign-in page by a button, not by errors', async ({ chat, site }) => {
    site.answerWith(saying('Noted.'));
    await chat.open();
    await expect(chat.page.getByText('This server answers people who are signed in.')).toBeVisible();
    await expect(chat.banner).toHaveCount(0);
    await expect(chat.composer).toBeHidden();

    await chat.page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
    await expect(chat.page.getByRole('button', { name: 'Continue as guest' })).toHaveCount(0);
    await chat.account.signUp('ada@example.com', 'Ada');
    await expect(chat.composer).toBeFocused();
    await chat.ask('Apples and pears');
    await expect(chat.replyText).toHaveText('Noted.');
  });

  test('shows nobody a chat before they have signed in', async ({ chat, site }) => {
    site.answerWith(saying('Noted.'));
    const grace = await site.userNamed('Grace', 'grace@example.com');
    const session = await grace.start('Bread and butter', 'openai/astra-6');
    await chat.open(`/chat/${session.chat.id}`);
    await expect(chat.banner).toContainText('You are signed out.');
    await chat.banner.getByRole('button', { name: 'Sign in' }).click();
    await chat.account.signIn('grace@example.com');
    await expect(chat.messages.first()).toContainText('Bread and butter');
  });
});
