import { expect, type Page } from '@playwright/test';

/** What a browser keeps of the page and of what was read on it. */
export class Device {
  constructor(private readonly page: Page) {}

  /** The page has a worker now, which has all of it. */
  async hasThePage(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => this.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  }

  /** Everything that was kept of what somebody read, as text. */
  kept(): Promise<string> {
    return this.page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open('rivulet', 1);
          // Nobody has kept anything: leave it as it was.
          opening.onupgradeneeded = () => opening.transaction?.abort();
          opening.onerror = () => resolve('[]');
          opening.onsuccess = () => {
            const database = opening.result;
            const reading = database.transaction('entries').objectStore('entries').getAll();
            reading.onerror = () => reject(new Error('unreadable'));
            reading.onsuccess = () => {
              database.close();
              resolve(JSON.stringify(reading.result));
            };
          };
        }),
    );
  }

  /** As if so many chats had been read before everything else, each of so many characters. */
  async haveRead(count: number, size: number): Promise<void> {
    await this.page.evaluate(
      ([count, size]) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('rivulet', 1);
          opening.onsuccess = () => {
            const writing = opening.result.transaction('entries', 'readwrite');
            for (let n = 0; n < count; n++)
              writing
                .objectStore('entries')
                .put({ key: `chat.old-${n}`, value: `Old chat ${n}.`, keptAt: n, size });
            writing.oncomplete = () => resolve(opening.result.close());
            writing.onabort = () => reject(new Error('not written'));
          };
        }),
      [count, size] as const,
    );
  }

  async expectKept(text: string): Promise<void> {
    await expect.poll(() => this.kept()).toContain(text);
  }

  async expectNotKept(text: string): Promise<void> {
    await expect.poll(() => this.kept()).not.toContain(text);
  }
}
