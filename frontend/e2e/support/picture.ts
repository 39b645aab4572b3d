import { join } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';

const DOCS = join(import.meta.dirname, '../../../docs/screenshots');

/** A picture of the page: for the documentation with `UPDATE_SCREENSHOTS=1`, else beside the test's other results. */
export async function takePicture(page: Page, testInfo: TestInfo, name: string): Promise<void> {
  const file = `${name}.png`;
  const path = process.env['UPDATE_SCREENSHOTS'] === '1' ? join(DOCS, file) : testInfo.outputPath(file);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide', scale: 'css' });
}
