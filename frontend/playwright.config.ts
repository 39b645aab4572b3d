import { defineConfig } from '@playwright/test';
import { chromiumPath } from './e2e/support/chromium.js';
import type { RivuletOptions } from './e2e/support/test.js';

/** Only what such a browser is for: no updates, no telephoning home. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Stories in a real browser, on the built application. `@distributed` marks what Redis could break. */
// eslint-disable-next-line import-x/no-default-export -- Playwright reads the default export
export default defineConfig<object, RivuletOptions>({
  testDir: './e2e',
  testMatch: '*.e2e.ts',
  outputDir: '../test-results/playwright',
  // Each has an installation of its own.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // For what hangs: a busy machine takes a minute for the longest stories.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromiumPath(), args: QUIET },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
    // Every story begins in a browser without a past; what the worker does has stories of its own.
    serviceWorkers: 'block',
    // A tenth of the time; what failed shows its page and a picture of it as well.
    trace: process.env['CI'] ? 'off' : { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'one process',
      grepInvert: /@only-distributed/,
      use: { mode: 'one process' },
    },
    {
      name: 'distributed',
      grep: /@distributed|@only-distributed/,
      use: { mode: 'two API and two worker processes on Redis' },
    },
  ],
});
