import { expect, test } from './support/test.js';

test('the page can be installed', async ({ chat, page }) => {
  await chat.open();
  const devtools = await page.context().newCDPSession(page);
  // The browser's own opinion, which it asks for before it offers to install a page.
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});
