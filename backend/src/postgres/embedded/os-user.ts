import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A user of the operating system, by number. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);

/**
 * Whom PostgreSQL runs as, since it refuses to run as root: the owner of the data that is already there, else
 * the user `postgres`, made if missing. Undefined: Rivulet's own user is an ordinary one.
 */
export async function findOsUser(clusterFolder: string): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(clusterFolder).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await postgresUser()) ?? (await createPostgresUser());
}

async function postgresUser(): Promise<OsUser | undefined> {
  const ids = await Promise.all(['-u', '-g'].map((which) => run('id', [which, 'postgres']))).catch(
    () => undefined,
  );
  if (!ids?.[0] || !ids[1]) return undefined;
  return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
}

async function createPostgresUser(): Promise<OsUser> {
  let reason = '';
  for (const args of [['--user-group'], ['--gid', 'postgres']]) {
    const options = ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', ...args, 'postgres'];
    await run('useradd', options).catch((error: Error) => (reason ||= error.message.trim()));
    const user = await postgresUser();
    if (user) return user;
  }
  throw new Error(
    'PostgreSQL does not run as root, and its user could not be made: create a user named postgres, ' +
      `start Rivulet as an ordinary user, or set DATABASE_URL (${reason.replaceAll('\n', ' ')})`,
  );
}
