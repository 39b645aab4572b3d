import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beginningOf, commandLineOf, isPidTaken } from './running-process.js';

const STOP_DEADLINE_MS = 60_000;

/**
 * Clears the way for a new PostgreSQL on `folder`: stops one that outlived its owner, and removes a
 * postmaster.pid whose number belongs to a stranger by now. With a number that nobody has, PostgreSQL itself
 * recovers.
 */
export async function stopLeftoverPostmaster(folder: string, log: (line: string) => void): Promise<void> {
  const pid = await postmasterPid(folder);
  if (pid === undefined || !isPidTaken(pid)) return;
  // Its command line names the folder: see the server's arguments.
  if ((await commandLineOf(pid)).includes(folder)) {
    log(`Stopping PostgreSQL (process ${pid}) that an earlier run left behind`);
    await stopAndWait(pid, folder);
  } else {
    await rm(join(folder, 'postmaster.pid'), { force: true });
  }
}

/** The process that runs, or ran, PostgreSQL on `folder`, by PostgreSQL's own record. */
export async function postmasterPid(folder: string): Promise<number | undefined> {
  const record = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(record, 10);
  return pid > 0 ? pid : undefined;
}

async function stopAndWait(pid: number, folder: string): Promise<void> {
  const deadline = Date.now() + STOP_DEADLINE_MS;
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  while ((await beginningOf(pid)) !== undefined) {
    if (Date.now() > deadline) {
      throw new Error(
        `PostgreSQL of an earlier run (process ${pid}) does not leave ${folder}: stop it first`,
      );
    }
    await delay(20);
  }
}
