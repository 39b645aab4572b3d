import { ApiClient } from '../../backend/test/support/api-client.js';
import { saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.describe('the administration', () => {
  test('finds an account, and puts it on a plan until a day', async ({ chat, site, newVisitor }) => {
    site.answerWith(saying('Noted.'));
    const name = `Grace ${Date.now()}`;
    const grace = await site.userNamed(name, `grace-${Date.now()}@example.com`);
    const { id } = await grace.start('Bread and butter', 'openai/astra-6');
    await grace.allEvents(id);

    await chat.signInAs(await site.administrator());
    await chat.open();
    await chat.account.choose('Administration');
    await expect(chat.page.getByRole('heading', { name: 'Administration' })).toBeFocused();
    const search = chat.page.getByRole('searchbox', { name: 'Search accounts' });
    await search.fill('nobody has this');
    await expect(chat.page.getByText('Nobody has this address or name.')).toBeVisible();
    await search.fill(name);
    const rows = chat.page.getByRole('main').getByRole('listitem');
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText('1 of 100 messages today');

    await rows.getByRole('button', { name: `Change the plan of ${name}` }).click();
    await expect(rows.getByRole('combobox', { name: 'Plan' })).toBeFocused();
    await chat.page.keyboard.press('Escape');
    await expect(rows.getByRole('button', { name: `Change the plan of ${name}` })).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await rows.getByRole('combobox', { name: 'Plan' }).selectOption('Plus');
    await rows.getByLabel('Until').fill('2099-12-31');
    await rows.getByRole('button', { name: 'Set the plan' }).click();
    await expect(rows).toContainText('Plus');
    await expect(rows).toContainText('until 31 December 2099');

    const visitor = await newVisitor();
    await visitor.signInAs(grace);
    await visitor.page.goto('/settings/plan');
    await expect(visitor.page.getByRole('heading', { name: 'Your plan: Plus' })).toBeVisible();
    await expect(visitor.page.getByText('Until 31 December 2099.')).toBeVisible();
  });

  test('pages through many accounts', async ({ chat, site }) => {
    const administrator = await site.administrator();
    for (let at = 0; at < 31; at += 1) await ApiClient.guest(site.url);
    const latecomer = `Latecomer ${Date.now()}`;
    await site.userNamed(latecomer);
    await chat.signInAs(administrator);
    await chat.page.goto('/admin');
    const rows = chat.page.getByRole('main').getByRole('listitem');
    await expect(rows.first()).toContainText(latecomer);
    await chat.page.getByRole('searchbox', { name: 'Search accounts' }).fill('guest');
    await expect(rows.first()).not.toContainText(latecomer);
    await expect(rows).toHaveCount(30);
    await chat.page.getByRole('button', { name: 'Load more' }).click();
    await expect(rows.nth(30)).toContainText('Guest');
  });

  test('is not shown to anybody else', async ({ chat, site }) => {
    await chat.signInAs(await ApiClient.guest(site.url));
    await chat.page.goto('/admin');
    await expect(chat.account.problem).toContainText('This page is for administrators.');
    await chat.page.getByRole('link', { name: 'To your chats' }).click();
    await expect(chat.composer).toBeVisible();
  });
});
