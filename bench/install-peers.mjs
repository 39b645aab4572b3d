import { spawnSync } from 'node:child_process';
import { isInstalled } from '../scripts/install.mjs';

const FOLDER = import.meta.dirname;

/** Installs what measures, or is measured beside, the product, where that is not what is here. */
export function ensurePeersInstalled() {
  if (isInstalled(FOLDER)) return;
  console.log('Installing what the measurements need …');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: FOLDER, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
  );
  if (status !== 0) process.exit(status ?? 1);
}
