import { expect, test } from './support/test.js';

test.use({ setting: { env: { SIGN_UP: 'off' } } });

test('an installation that takes no new accounts says so, and lets guests go on', async ({ chat }) => {
  await chat.page.goto('/sign-in');
  await expect(chat.page.getByText('New accounts are not open here.')).toBeVisible();
  await expect(chat.page.getByRole('link', { name: 'Create an account' })).toHaveCount(0);

  await chat.page.goto('/sign-in?account=new');
  await expect(chat.page.getByText('Whoever runs this server can make one for you.')).toBeVisible();
  await expect(chat.account.email).toHaveCount(0);

  await chat.page.getByRole('button', { name: 'Continue as guest' }).click();
  await expect(chat.page).toHaveURL('/');
  await expect(chat.account.button).toHaveAccessibleName('Account: Guest · Free');
  await chat.account.button.click();
  await expect(chat.account.menu.getByRole('menuitem', { name: 'Sign in' })).toBeVisible();
  await expect(chat.account.menu.getByRole('menuitem', { name: /Create an account/ })).toHaveCount(0);
});
