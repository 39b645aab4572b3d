/** `npm run bench`: installs what the benchmark compares with, goes on with the pinned Node, and measures. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { endWithParent } from '../scripts/end-with-parent.mjs';
import { ensureInstalled } from '../scripts/install.mjs';
import { root } from '../scripts/root.mjs';
import { useFittingNode } from '../scripts/runtime.mjs';

process.chdir(root);
endWithParent();
if (!process.argv.includes('--no-build')) await ensureInstalled();
await useFittingNode();

const folder = join(root, 'bench');
if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) {
  console.log('Installing what the benchmark compares with …');
  const options = {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  };
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    options,
  );
  if (status !== 0) process.exit(status ?? 1);
}

// Only now: these use what older versions of Node do not have, and packages that were not there.
const { parseOptions } = await import('./options.mjs');
const options = parseOptions(process.argv.slice(2));
if (options.build) {
  const { ensureBuilt } = await import('../scripts/build.mjs');
  await ensureBuilt();
}
const { bench } = await import('./bench.mjs');
await bench(options);
// Only what hangs could still keep this process.
process.exit();
