import { Device } from './support/device.js';
import { expect, test } from './support/test.js';

test.use({ serviceWorkers: 'allow', tolerated: /net::ERR_/ });

test('the page can be installed', async ({ chat, page }) => {
  await chat.open();
  const devtools = await page.context().newCDPSession(page);
  // The browser's own opinion, which it asks for before it offers to install a page.
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('the page opens without a network, with its styles and at any address', async ({ chat, page }) => {
  await chat.open();
  await new Device(page).hasThePage();
  await page.context().setOffline(true);
  for (const path of ['/', '/chat/00000000-0000-4000-8000-000000000000', '/sign-in']) {
    await page.goto(path);
    await expect(page).toHaveTitle(/Rivulet/);
  }
  await page.goto('/');
  // Styles show the nonce of the page that was kept.
  await expect(chat.composer).toHaveCSS('border-top-width', '0px');
});

test('no answer of the API is kept', async ({ chat, page }) => {
  await chat.open();
  await new Device(page).hasThePage();
  await chat.ask('A secret question');
  await page.goto('/health');
  await page.goto('/playground/');
  const paths = await page.evaluate(async () => {
    const requests = await (await caches.open('page')).keys();
    return requests.map(({ url }) => new URL(url).pathname);
  });
  expect(paths).toContain('/');
  expect(paths.filter((path) => path !== '/' && !/^\/(media\/)?[^/]+\.\w+$/.test(path))).toEqual([]);
});

test('a new version is told of, leaves the open page as it is, and is there after a reload', async ({
  chat,
  site,
  page,
}) => {
  await chat.open();
  await new Device(page).hasThePage();
  await chat.composer.fill('Half a thought');
  const update = await site.update();
  try {
    // Browsers look by themselves as well, once a day.
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect(page.getByText('A new version is ready.')).toBeVisible();
    // A part of the old version that was not needed yet, and that the server may have no more.
    await page.context().setOffline(true);
    await chat.modelButton.click();
    await expect(chat.picker).toBeVisible();
    await page.keyboard.press('Escape');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('script[src="main-NEXTNEXT.js"]')).toBeAttached();
    await expect(chat.composer).toHaveValue('Half a thought');
    await expect(page.getByText('A new version is ready.')).toBeHidden();
  } finally {
    site.mend();
    await update.stop();
  }
});
