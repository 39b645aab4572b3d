import { defineConfig } from '@playwright/test';
import stories from './playwright.config.js';

/** Traces: how smooth the built page is, in figures. They want the machine for themselves, so no test run includes them. */
// eslint-disable-next-line import-x/no-default-export -- Playwright reads the default export
export default defineConfig(stories, {
  testMatch: '*.trace.ts',
  outputDir: '../test-results/trace',
  timeout: 300_000,
  // What Playwright records would be work of the page's own threads.
  use: { trace: 'off', screenshot: 'off' },
  projects: [{ name: 'one process', use: { mode: 'one process' } }],
});
