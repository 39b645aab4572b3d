import { join } from 'node:path';
import { NX } from './nx.mjs';
import { root } from './root.mjs';

const JEST = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const PLAYWRIGHT = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const RESULTS = join(root, 'test-results');

const nx = (...args) => [NX, 'run-many', ...args];
/** Tests run every time; only builds and lint may come from Nx's cache. */
const tests = (project) => [NX, 'run', `${project}:test`, '--skip-nx-cache'];
const jest = (config, results) => [
  '--experimental-vm-modules',
  '--no-warnings',
  JEST,
  '--config',
  config,
  '--json',
  '--outputFile',
  results,
];

/**
 * What `npm test` runs, in this order, all of it whatever fails: Node's arguments and, for a step that counts
 * tests, its runner and the file with its results.
 */
export const STEPS = [
  { title: 'Build', args: nx('-t', 'build') },
  { title: 'Lint', args: nx('-t', 'lint', 'schema-check') },
  resultsOf('Backend units', 'jest', 'backend.json', () => tests('backend')),
  resultsOf('Frontend units', 'jest', 'frontend.json', () => tests('frontend')),
  resultsOf('Playground units', 'jest', 'playground.json', () => tests('playground')),
  resultsOf('Backend stories', 'jest', 'backend-e2e.json', (results) =>
    jest('backend/jest.e2e.config.mjs', results),
  ),
  {
    ...resultsOf('Page in Chromium', 'playwright', 'playwright.json', () => [
      PLAYWRIGHT,
      'test',
      '--config',
      'frontend/playwright.config.ts',
      '--reporter=list,json',
    ]),
    // Its workers set FORCE_COLOR, and Node warns of the two together.
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(RESULTS, 'playwright.json'), NO_COLOR: undefined },
  },
];

function resultsOf(title, runner, file, argsFor) {
  const results = join(RESULTS, file);
  return { title, runner, results, args: argsFor(results) };
}
