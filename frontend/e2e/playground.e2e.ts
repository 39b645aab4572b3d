import type { Locator, Page } from '@playwright/test';
import { Dictation } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

const DOCUMENTS = ['ContinueAsGuest', 'Models', 'StartSession', 'StreamReply', 'History', 'StopSession'];

async function run(page: Page, document: string): Promise<void> {
  await page.getByRole('tab', { name: document }).getByRole('button', { name: document }).click();
  // GraphiQL reads the editor of a new tab a moment late. It remembers the tab later still: then it is ready to run.
  await expect.poll(() => rememberedTab(page)).toBe(DOCUMENTS.indexOf(document));
  // The first one is remembered from the start.
  await expect(page.getByRole('region', { name: 'Operation Editor' })).toContainText(document);
  await page.getByRole('button', { name: /^Execute query/ }).click();
}

function rememberedTab(page: Page): Promise<number | undefined> {
  return page.evaluate(() => {
    const kept = localStorage.getItem('graphiql:tabState');
    return kept === null ? undefined : (JSON.parse(kept) as { activeTabIndex: number }).activeTabIndex;
  });
}

const resultOf = (page: Page): Locator => page.getByRole('region', { name: 'Result Window' });

test.describe('the playground', () => {
  test('runs its documents, and shows the events of a reply as they come', async ({
    page,
    site,
  }, testInfo) => {
    const dictation = new Dictation().say('Rivers ', 'carry ');
    site.answerWith(dictation.scenario);
    await page.goto('/playground');
    const result = resultOf(page);
    const notes = page.getByRole('region', { name: 'About this run' });

    await run(page, 'ContinueAsGuest');
    await expect(result).toContainText('"isGuest": true');
    await run(page, 'Models');
    await expect(result).toContainText('"id": "openai/astra-6"');
    await run(page, 'StartSession');
    await expect(result).toContainText('"startChatSession"');

    await run(page, 'StreamReply');
    await expect(result).toContainText('"__typename": "TokenEvent"');
    await expect(notes).toContainText('Rivers carry');
    await expect(result).not.toContainText('DoneEvent');
    dictation.say('water ');
    await expect(notes).toContainText('Rivers carry water');
    dictation.say('downhill.').end();
    await expect(result).toContainText('"__typename": "DoneEvent"');
    await expect(notes).toContainText('Rivers carry water downhill.');
    await expect(notes).toContainText('ended with DoneEvent');
    await takePicture(page, testInfo, 'playground');

    await run(page, 'History');
    await expect(result).toContainText('"content": "Rivers carry water downhill."');
    await run(page, 'StopSession');
    await expect(result).toContainText('"status": "COMPLETE"');

    // The same visitor finds the chat in the app.
    await page.getByRole('link', { name: 'Rivulet' }).click();
    await expect(page.getByRole('navigation', { name: 'Chats' }).getByRole('link')).toHaveCount(1);
  });
});
