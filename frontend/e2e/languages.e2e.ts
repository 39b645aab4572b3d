import type { Page, Route } from '@playwright/test';
import { wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { expectAccessible } from './support/audit.js';
import { failingAfter, saying } from './support/dictation.js';
import { Finger } from './support/finger.js';
import { takePicture } from './support/picture.js';
import { SCRIPTED } from './support/site.js';
import { expect, test } from './support/test.js';

const languageOf = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang);

test.describe('a browser that reads German', () => {
  test.use({ locale: 'de-DE' });

  test('is spoken to in German from the first visit on', async ({ chat, site }) => {
    const { page } = chat;
    site.answerWith(saying(...wordsOf('Ein kurzer Satz')));
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Worum geht es?' })).toBeVisible();
    expect(await languageOf(page)).toBe('de');
    await expect(page.getByRole('button', { name: `Modell: ${SCRIPTED}` })).toBeVisible();

    await page.getByRole('textbox', { name: 'Nachricht', exact: true }).fill('Was ist ein Chat?');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'Antwort fertig, 3 Wörter' })).toBeAttached();
    await expect(page).toHaveTitle('Was ist ein Chat? · Rivulet');
    const reply = page.getByRole('feed', { name: 'Nachrichten' }).getByRole('article').last();
    await expect(reply.getByText(/\d Tokens · erstes Token nach \d/)).toBeAttached();
    await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible();

    await page.getByRole('button', { name: /^Konto: Gast/ }).click();
    await expect(page.getByText('Heute noch 99 von 100 Nachrichten')).toBeVisible();
    await page.getByRole('menuitem', { name: 'Einstellungen' }).click();
    await expect(page).toHaveTitle('Einstellungen · Rivulet');
    await page.getByRole('link', { name: 'Tarif', exact: true }).click();
    await expect(page.getByText(/von 2\.000\.000$/)).toBeVisible();
    await expect(page.getByText('200 Mio. Tokens im Monat')).toBeVisible();
  });

  test('is asked once which other language it shall be', async ({ chat }) => {
    const { page } = chat;
    await page.goto('/');
    await page.getByRole('textbox', { name: 'Nachricht', exact: true }).fill('An unfinished thought');
    await page.getByRole('button', { name: 'Sprache: Deutsch' }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Deutsch' })).toBeChecked();
    await page.getByRole('menuitemradio', { name: 'English' }).click();

    await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
    expect(await languageOf(page)).toBe('en');
    await expect(chat.composer).toHaveValue('An unfinished thought');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Language: English' })).toBeVisible();

    // Who is not signed in finds it as well.
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Deutsch', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
    const german = page.getByRole('button', { name: 'Deutsch', exact: true });
    await expect(german).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveTitle('Anmelden · Rivulet');
  });

  test('reads why a reply failed, and the way on', async ({ chat, site }) => {
    site.answerWith(failingAfter('halb'));
    await chat.page.goto('/');
    await chat.page.getByRole('textbox', { name: 'Nachricht', exact: true }).fill('Scheitere');
    await chat.page.keyboard.press('Enter');
    await expect(chat.banner).toContainText('OpenAI ist nicht erreichbar.');
    await expect(chat.banner.getByRole('button')).toHaveText([
      'Fortsetzen',
      'Erneut versuchen',
      'Anderes Modell',
    ]);
    await expectAccessible(chat.page, 'a failed reply in German');
  });

  test('says the same to a screen reader', async ({ chat }) => {
    const { page } = chat;
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Worum geht es?' })).toBeVisible();
    await expectAccessible(page, 'the first visit in German');
    await page.goto('/sign-in');
    await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
    await expectAccessible(page, 'signing in in German');
  });

  for (const [name, width, height] of [
    ['german', 1280, 800],
    ['phone-german', 390, 844],
    ['small-german', 320, 640],
  ] as const) {
    test(`has room for its longer words at ${width} pixels`, async ({ chat, site }, testInfo) => {
      const { page } = chat;
      await page.setViewportSize({ width, height });
      site.answerWith(saying(...wordsOf('Ein **Speicher**, der Schlüssel in Fächer legt.')));
      await page.goto('/');
      await expect(page.getByText('Antworten kommen von OpenAI, über diesen Server.')).toBeVisible();
      await chat.expectToFit();
      await takePicture(page, testInfo, `${name}-first-visit`);
      await page.getByRole('textbox', { name: 'Nachricht', exact: true }).fill('Was ist eine Hashtabelle?');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: 'Neu erzeugen' })).toBeAttached();
      await page.getByRole('article').last().hover();
      await chat.expectToFit();
      await takePicture(page, testInfo, `${name}-reply`);
      await page.emulateMedia({ colorScheme: 'dark' });
      for (const [section, heading] of [
        ['', 'Sprache'],
        ['/plan', 'Was die Tarife bieten'],
        ['/tokens', 'Neues Token'],
        ['/data', 'Importieren'],
      ] as const) {
        await page.goto(`/settings${section}`);
        await expect(page.getByRole('heading', { name: heading })).toBeVisible();
        await chat.expectToFit();
        await takePicture(page, testInfo, `${name}-settings${section.replace('/', '-')}`);
      }
    });
  }
});

test.describe('a language whose file cannot be fetched', () => {
  test.use({ locale: 'de-DE', tolerated: /net::ERR_/ });

  test('leaves the page in English, and all of it works', async ({ chat, site }) => {
    const { page } = chat;
    let refused = 0;
    await page.route('**/*.js', async (route) => {
      const response = await route.fetch();
      if (!(await response.text()).includes('Worum geht es?')) return route.fulfill({ response });
      refused += 1;
      return route.abort('connectionreset');
    });
    site.answerWith(saying(...wordsOf('Three short words')));
    await chat.open();
    await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
    expect(refused).toBe(1);
    expect(await languageOf(page)).toBe('en');
    await chat.ask('What is a chat?');
    await expect(page.getByRole('status').filter({ hasText: 'Reply finished, 3 words' })).toBeAttached();

    await page.unroute('**/*.js');
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Nachricht', exact: true })).toBeVisible();
    expect(await languageOf(page)).toBe('de');
  });
});

/** The page as a language that runs from right to left would have it; its words stay English. */
async function mirrored(page: Page): Promise<void> {
  await page.route('/', async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('<html', '<html dir="rtl"') });
  });
}

for (const width of [320, 1280]) {
  test(`from right to left, everything stands on the other side at ${width} pixels`, async ({
    chat,
    site,
  }, testInfo) => {
    const { page } = chat;
    await page.setViewportSize({ width, height: 700 });
    await mirrored(page);
    site.answerWith(
      saying(...wordsOf('أهلا **وسهلا** بك.\n\n- واحد\n- اثنان\n\n```ts\nconst one = 1;\n```\n')),
    );
    await chat.open();
    await chat.expectToFit();
    await chat.ask('مرحبا، كيف حالك؟');

    const bubble = await page.getByRole('article').first().getByText('مرحبا').boundingBox();
    const column = await page.getByRole('feed').boundingBox();
    expect(bubble && column && bubble.x - column.x).toBeLessThan(1);
    await chat.expectToFit();
    await takePicture(page, testInfo, `right-to-left-${width}`);

    if (width < 1024) await page.getByRole('button', { name: 'Show the list of chats' }).click();
    await expect(chat.sidebar).toBeInViewport();
    await expect
      .poll(async () => {
        const list = await chat.sidebar.boundingBox();
        return list && Math.round(list.x + list.width);
      })
      .toBe(width);
    await chat.chatLink('مرحبا').hover();
    await takePicture(page, testInfo, `right-to-left-list-${width}`);
    if (width < 1024) await page.keyboard.press('Escape');
    await chat.modelButton.click();
    await expect(chat.picker).toBeInViewport({ ratio: 1 });
    await takePicture(page, testInfo, `right-to-left-models-${width}`);
  });
}

for (const direction of ['from left to right', 'from right to left'] as const) {
  test.describe(`a phone, ${direction}`, () => {
    test.use({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });

    test('has its list of chats drawn in from where lines begin, and pushed back there', async ({
      chat,
    }, testInfo) => {
      const { page } = chat;
      if (direction === 'from right to left') await mirrored(page);
      await chat.open();
      const finger = await Finger.on(page);
      const at = (fromBeginning: number) => ({
        x: direction === 'from right to left' ? 389 - fromBeginning : fromBeginning,
        y: 350,
      });
      const close = page.getByRole('button', { name: 'Close the list of chats' });
      // Neither from the middle, nor from where lines end.
      await finger.swipe(at(150), at(300));
      await finger.swipe(at(380), at(200));
      await expect(close).toHaveCount(0);

      await finger.swipe(at(8), at(160));
      await expect(close).toBeVisible();
      await expect(chat.sidebar).toBeInViewport({ ratio: 1 });
      const list = await chat.sidebar.boundingBox();
      expect(list && (direction === 'from right to left' ? list.x + list.width : list.x)).toBeCloseTo(
        direction === 'from right to left' ? 390 : 0,
        0,
      );
      await takePicture(page, testInfo, `drawer-${direction.replaceAll(' ', '-')}`);
      await finger.swipe(at(200), at(60));
      await expect(close).toHaveCount(0);
    });
  });
}
