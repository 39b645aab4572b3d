import type { Locator, Page } from '@playwright/test';
import type { ChatPage } from './support/chat-page.js';
import { expect, test } from './support/test.js';

const PLACES = [
  '/sign-in',
  '/sign-in?account=new',
  '/settings',
  '/settings/plan',
  '/settings/tokens',
  '/admin',
];

async function settled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(
    page
      .getByRole('main')
      .getByRole('heading')
      .nth(path.startsWith('/sign-in') ? 0 : 1),
  ).toBeVisible();
}

/** What can be touched and does not stand in the middle of a sentence. */
function targets(page: Page): Locator {
  return page
    .locator('main')
    .locator('button, a:not(p a), input:not(.visually-hidden, [type=checkbox]), select');
}

async function expectRoomToTouch(chat: ChatPage): Promise<void> {
  for (const target of await targets(chat.page).all()) {
    const box = await target.boundingBox();
    const name = await target.evaluate((element) => element.textContent || element.outerHTML);
    expect.soft(box?.height ?? 0, name).toBeGreaterThanOrEqual(44);
    expect.soft(box?.width ?? 0, name).toBeGreaterThanOrEqual(44);
  }
}

test.describe('320 pixels', () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test('are wide enough for an account, its plan, its tokens and the administration', async ({
    chat,
    site,
  }) => {
    await chat.signInAs(await site.administrator());
    for (const place of PLACES) {
      await test.step(place, async () => {
        await settled(chat.page, place);
        await chat.expectToFit();
        await expectRoomToTouch(chat);
      });
    }
  });
});

test.describe('a phone whose text is twice the size', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('fits, and nothing stands on top of something else', async ({ chat, site }) => {
    await chat.signInAs(await site.administrator());
    for (const place of PLACES) {
      await test.step(place, async () => {
        await settled(chat.page, place);
        await chat.doubleTextSize();
        await chat.expectToFit();
        const heading = chat.page.getByRole('heading', { level: 1 });
        const beyond = await heading.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
        expect(beyond, 'pixels of the heading that are out of its place').toBe(0);
      });
    }
  });
});

test.describe('text of twice the size', () => {
  // A window of 1280 pixels at 200 %.
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test('fits, and nothing is out of reach', async ({ chat, site }) => {
    await chat.signInAs(await site.administrator());
    for (const place of PLACES) {
      await test.step(place, async () => {
        await settled(chat.page, place);
        await chat.expectToFit();
        await targets(chat.page).last().scrollIntoViewIfNeeded();
        await expect(targets(chat.page).last()).toBeInViewport({ ratio: 1 });
      });
    }
  });
});
