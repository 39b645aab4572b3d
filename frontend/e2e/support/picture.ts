import { join } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';

const DOCS = join(import.meta.dirname, '../../../docs/screenshots');

/** A picture of the page: for the documentation with `UPDATE_SCREENSHOTS=1`, else beside the test's other results. */
export async function takePicture(page: Page, testInfo: TestInfo, name: string): Promise<void> {
  const file = `${name}.png`;
  const path = process.env['UPDATE_SCREENSHOTS'] === '1' ? join(DOCS, file) : testInfo.outputPath(file);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide', scale: 'css' });
}

/** Pictures must not differ by how fast the machine was: every first token takes as long. */
export async function freezeTimes(page: Page): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/("timeToFirstTokenMs":)\d+/g, '$1420');
    await route.fulfill({ response, body });
  });
}
