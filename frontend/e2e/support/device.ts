import { expect, type Page } from '@playwright/test';

/** What a browser keeps of the page. */
export class Device {
  constructor(private readonly page: Page) {}

  /** The page has a worker now, which has all of it. */
  async hasThePage(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => this.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  }
}
