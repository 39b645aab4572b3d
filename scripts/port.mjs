import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { root } from './root.mjs';

/** How long a Rivulet that is about to end may keep the port. */
const PATIENCE_MS = 5000;

/** The port that the server will take. */
export function configuredPort() {
  return Number(configured('PORT', '3000'));
}

/** Says early, before anything is built, that the port is not free. The server itself has the last word. */
export async function ensurePortIsFree(port) {
  // Any other problem with the port is the server's to name.
  if (!Number.isInteger(port) || port <= 0 || port > 65_535) return;
  const deadline = Date.now() + (anotherMayRun() ? PATIENCE_MS : 0);
  while (await isTaken(port)) {
    if (Date.now() >= deadline) {
      console.error(`Port ${port} is taken: set PORT to another one`);
      process.exit(1);
    }
    await delay(100);
  }
}

/** By the server's own rules: the environment, then .env. */
function configured(name, otherwise) {
  const file = join(root, '.env');
  const dotEnv = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return (process.env[name] ?? dotEnv[name]) || otherwise;
}

function anotherMayRun() {
  return existsSync(resolve(root, configured('DATA_DIR', '.data'), 'owner.lock'));
}

function isTaken(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code === 'EADDRINUSE'));
    server.listen(port, () => server.close(() => resolve(false)));
  });
}
