import { test as base, type BrowserContextOptions } from '@playwright/test';
import type { Mode } from '../../../backend/test/support/installation.js';
import { ChatPage } from './chat-page.js';
import { Site, type Setting } from './site.js';
import { Watch } from './watch.js';

export interface RivuletOptions {
  readonly mode: Mode;
  /** What is set otherwise on the installation of a file's stories; such a file has one of its own. */
  readonly setting: Setting;
}

interface StoryFixtures {
  /** What a story provokes in the browser's console on purpose. */
  readonly tolerated: RegExp;
  readonly chat: ChatPage;
  /** Somebody else, with a browser of their own. */
  readonly newVisitor: (options?: BrowserContextOptions) => Promise<ChatPage>;
}

interface WorkerFixtures extends RivuletOptions {
  readonly site: Site;
}

/** Stories on a running installation; each has a browser without a past, and must leave its console empty. */
export const test = base.extend<StoryFixtures, WorkerFixtures>({
  mode: ['one process', { option: true, scope: 'worker' }],
  setting: [{}, { option: true, scope: 'worker' }],
  site: [
    async ({ mode, setting }, use) => {
      const site = await Site.start(mode, setting);
      await use(site);
      await site.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: ({ site }, use) => use(site.url),
  tolerated: [/(?!)/, { option: true }],
  context: async ({ context, site, tolerated }, use) => {
    const watch = new Watch(context, site.origins);
    await use(context);
    watch.expectNothing(tolerated);
  },
  chat: ({ page }, use) => use(new ChatPage(page)),
  newVisitor: async ({ browser, site, tolerated }, use) => {
    const visits: (() => Promise<void>)[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: site.url, ...options });
      const watch = new Watch(context, site.origins);
      visits.push(async () => {
        await context.close();
        watch.expectNothing(tolerated);
      });
      return new ChatPage(await context.newPage());
    });
    for (const end of visits) await end();
  },
});

export { expect } from '@playwright/test';
