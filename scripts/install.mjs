/** Installs what package-lock.json says, where that is not what node_modules holds. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { root } from './root.mjs';
import { hidePinnedNodeThatDoesNotRun } from './runtime.mjs';

/** npm writes it last, so an installation that was interrupted has none. */
const installedIn = (folder) => join(folder, 'node_modules', '.package-lock.json');

export async function ensureInstalled() {
  if (isInstalled(root)) return;
  console.log('Installing packages: this takes a minute or two …');
  rmSync(installedIn(root), { force: true });
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const progress = setInterval(() => console.log(`… still installing (${seconds()} s)`), 15_000);
  const code = await npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund');
  clearInterval(progress);
  if (code !== 0) {
    console.error('npm could not install the packages; its reason is above.');
    process.exit(code);
  }
  hidePinnedNodeThatDoesNotRun();
  console.log(`Installed in ${seconds()} s`);
}

/** Whether a folder has what its package-lock.json says. */
export function isInstalled(folder) {
  if (!existsSync(installedIn(folder))) return false;
  const installed = packagesIn(installedIn(folder));
  return Object.entries(packagesIn(join(folder, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === wanted.version : wanted.optional || wanted.devOptional;
  });
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** Runs npm on the machine's own Node: the pinned one is among what is being replaced. */
function npm(...args) {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  const own = join(root, 'node_modules', '.bin');
  const PATH = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== own)
    .join(delimiter);
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PATH } };
  const child =
    cli && node && /^npm/.test(basename(cli))
      ? spawn(node, [cli, ...args], options)
      : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
