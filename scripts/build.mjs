/** Builds both sides with Nx, unless nothing has changed since the last build. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { NX, NX_ENVIRONMENT } from './nx.mjs';
import { spawnGroup } from './process-group.mjs';
import { root } from './root.mjs';

const SOURCES = ['backend', 'frontend'];
const SETTINGS = [
  ...['nx.json', 'package.json', 'package-lock.json', 'schema.graphql', 'tsconfig.base.json'],
  'scripts/compress.mjs',
];
const NOT_BUILT = /[\\/](e2e|test|testing)[\\/]|\.(spec|contract)\.ts$/;
const RESULTS = ['dist/backend/main.js', 'dist/frontend', 'dist/playground'];
/** What was built last. Nx needs more than a second to see that nothing has changed, this a few milliseconds. */
const FINGERPRINT = join(root, 'dist', '.sources');
const LOG = join(root, 'dist', 'build.log');

export async function ensureBuilt() {
  const sources = fingerprint();
  if (isBuilt(sources)) return;
  console.log('Building …');
  const began = Date.now();
  rmSync(FINGERPRINT, { force: true });
  if ((await build()) !== 0) {
    console.error(readFileSync(LOG, 'utf8'));
    console.error('The build failed; its output is above.');
    process.exit(1);
  }
  writeFileSync(FINGERPRINT, sources);
  console.log(`Built in ${Math.round((Date.now() - began) / 1000)} s`);
}

async function build() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const log = openSync(LOG, 'w');
  const nx = spawnGroup(process.execPath, [NX, 'run-many', '-t', 'build'], {
    env: { ...NX_ENVIRONMENT, FORCE_COLOR: '0', NO_COLOR: '1' },
    stdio: ['ignore', log, log],
  });
  const code = await nx.ended;
  closeSync(log);
  return code;
}

function isBuilt(sources) {
  return (
    existsSync(FINGERPRINT) &&
    readFileSync(FINGERPRINT, 'utf8') === sources &&
    RESULTS.every((file) => existsSync(join(root, file)))
  );
}

function fingerprint() {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !NOT_BUILT.test(file.slice(root.length))),
  ).sort();
  const hash = createHash('sha256');
  for (const file of [...files, ...SETTINGS.map((name) => join(root, name))]) {
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
