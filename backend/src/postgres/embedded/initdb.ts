import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { OsUser } from './os-user.js';
import { PROGRAM_ENVIRONMENT, reach } from './reach.js';

/** The superuser of the cluster. */
export const ROLE_NAME = 'rivulet';

/** `disposable` is fast and does not survive a crash of the machine: for tests. */
export type Durability = 'durable' | 'disposable';

/** Fills the empty `folder` with a new cluster (UTF-8, C locale). */
export async function initdb(
  program: string,
  folder: string,
  passwordFile: string,
  user: OsUser | undefined,
  durability: Durability,
): Promise<void> {
  const { paths, open: toOpen } = reach(user, folder, passwordFile);
  const args = [
    `--pgdata=${paths[0]}`,
    `--pwfile=${paths[1]}`,
    `--username=${ROLE_NAME}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...(durability === 'disposable' ? ['--no-sync'] : []),
  ];
  const opened = await Promise.all(toOpen.map((path) => open(path)));
  try {
    const child = spawn(program, args, {
      ...user,
      cwd: '/',
      env: PROGRAM_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe', ...opened.map(({ fd }) => fd)],
    });
    const [said] = await Promise.all([text(child.stderr!), once(child, 'close')]);
    if (child.exitCode !== 0)
      throw new Error(`PostgreSQL could not make a database in ${folder}: ${lastLines(said)}`);
  } finally {
    await Promise.all(opened.map((handle) => handle.close()));
  }
}

function lastLines(said: string): string {
  return said.trim().split('\n').slice(-3).join(' ');
}
