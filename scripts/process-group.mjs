/** Programs with everything that they start, ended together. */
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './root.mjs';

const GRACE_MS = 15_000;
const groups = new Set();
let ending;

/** Starts a program as the head of a group of its own, so that Ctrl-C comes to us alone and once. */
export function spawnGroup(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, detached: process.platform !== 'win32', ...options });
  groups.add(child);
  child.ended = new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    // Ended by a signal to us: whoever waits for this program must not go on to the next.
    child.on('exit', (code) => ending ?? resolve(code ?? 1));
  });
  return child;
}

/** Sends a signal (0: none) to all of a group, and returns whether there is anybody left. */
function signalGroup(child, signal) {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') return child.exitCode === null && child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Ends all groups, what their heads left behind included; those that take too long are killed. */
export async function endGroups() {
  const deadline = Date.now() + GRACE_MS;
  let alive = [...groups].filter((child) => signalGroup(child, 'SIGTERM'));
  while (alive.length > 0 && Date.now() < deadline) {
    await delay(50);
    alive = alive.filter((child) => signalGroup(child, 0));
  }
  for (const child of alive) signalGroup(child, 'SIGKILL');
  groups.clear();
}

/** On Ctrl-C, SIGTERM or the death of npm: ends all groups, then this process. */
export function endGroupsOnSignal() {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [signal, code] of Object.entries(codes)) {
    process.on(signal, () => (ending ??= endGroups().then(() => process.exit(code))));
  }
}
