import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ApiClient } from '../../backend/test/support/api-client.js';
import { expect, test } from './support/test.js';

test.describe('API tokens', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('are shown once, let a program in, and are revoked', async ({ chat, site }) => {
    await chat.signInAs(await site.userNamed('Grace'));
    await chat.page.goto('/settings/tokens');
    await expect(chat.page.getByText('None yet.')).toBeVisible();
    await chat.page.getByRole('textbox', { name: 'Name' }).fill('Statistics');
    await chat.page.getByRole('checkbox', { name: /chat:write/ }).uncheck();
    await chat.page.getByRole('button', { name: 'Create the token' }).click();

    const secretBox = chat.page.getByRole('region', { name: 'Token', exact: true });
    await expect(secretBox).toHaveText(/^rvl_/);
    await expect(chat.page.getByRole('heading', { name: 'Statistics' }).first()).toBeFocused();
    await chat.page.getByRole('button', { name: 'Copy token' }).click();
    const secret = await chat.page.evaluate(() => navigator.clipboard.readText());
    expect(secret).toBe(await secretBox.textContent());

    const command = await chat.page.getByRole('region', { name: 'Command' }).textContent();
    const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -s`]);
    expect(JSON.parse(stdout)).toHaveProperty('data.models');
    const program = ApiClient.withToken(site.url, secret);
    expect(await program.errorCode('mutation { deleteChat(id: "x") }')).toBe('FORBIDDEN');

    await chat.page.reload();
    const row = chat.page.getByRole('listitem').filter({ hasText: 'Statistics' });
    await expect(row).toContainText('chat:read · made on');
    await expect(row).toContainText('last used on');
    await expect(chat.page.getByText(secret)).toHaveCount(0);

    await row.getByRole('button', { name: 'Revoke Statistics' }).click();
    await expect(row.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await chat.page.keyboard.press('Escape');
    await expect(row.getByRole('button', { name: 'Revoke Statistics' })).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await row.getByRole('button', { name: 'Revoke it' }).click();
    await expect(row).toHaveCount(0);
    expect(await program.errorCode('{ models { id } }')).toBe('UNAUTHENTICATED');
  });

  test('are not made without a name or without a scope', async ({ chat, site }) => {
    await chat.signInAs(await site.userNamed('Grace'));
    await chat.page.goto('/settings/tokens');
    const create = chat.page.getByRole('button', { name: 'Create the token' });
    await create.click();
    const name = chat.page.getByRole('textbox', { name: 'Name' });
    await expect(name).toBeFocused();
    await expect(name).toHaveAccessibleDescription('A name tells you later what it is for.');
    await name.fill('Nothing');
    for (const scope of [/chat:read/, /chat:write/]) {
      await chat.page.getByRole('checkbox', { name: scope }).uncheck();
    }
    await create.click();
    await expect(chat.page.getByRole('alert')).toHaveText('Without a scope it would open nothing.');
    await expect(chat.page.getByText('None yet.')).toBeVisible();
  });
});
