import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

async function downloaded(page: Page, begin: () => Promise<void>): Promise<[Download, string]> {
  const [download] = await Promise.all([page.waitForEvent('download'), begin()]);
  return [download, await readFile(await download.path(), 'utf8')];
}

test.describe('exporting', { tag: '@distributed' }, () => {
  test.beforeEach(async ({ chat, site }) => {
    site.answerWith(saying('Noted, **boldly**.'));
    await chat.signInAs(await site.guestWithChats('Apples and pears', 'Bread and butter'));
    await chat.open();
  });

  test('saves a chat as Markdown and as JSON', async ({ chat }) => {
    const choose = (option: string): Promise<void> => chat.chooseOption('Apples and pears', option);
    const [markdown, text] = await downloaded(chat.page, () => choose('Export as Markdown'));
    expect(markdown.suggestedFilename()).toBe('Apples-and-pears.md');
    expect(text).toContain('## You\n\nApples and pears\n');
    expect(text).toContain('Noted, **boldly**.');
    const [json, file] = await downloaded(chat.page, () => choose('Export as JSON'));
    expect(json.suggestedFilename()).toBe('Apples-and-pears.json');
    expect(JSON.parse(file)).toMatchObject({ chats: [{ title: 'Apples and pears' }] });
    await expect(chat.page).toHaveURL('/');
  });

  test('saves all chats from the settings', async ({ chat }, testInfo) => {
    await chat.page.goto('/settings');
    await chat.page.getByRole('link', { name: 'Your data' }).click();
    const link = chat.page.getByRole('link', { name: 'Export all chats' });
    const [download, file] = await downloaded(chat.page, () => link.click());
    expect(download.suggestedFilename()).toBe('rivulet-chats.json');
    expect(JSON.parse(file)).toMatchObject({
      chats: [{ title: 'Bread and butter' }, { title: 'Apples and pears' }],
    });
    await takePicture(chat.page, testInfo, 'your-data');
    await chat.page.setViewportSize({ width: 320, height: 700 });
    await chat.page.reload();
    await expect(link).toBeVisible();
    await chat.expectToFit();
    await takePicture(chat.page, testInfo, 'phone-your-data');
  });
});
