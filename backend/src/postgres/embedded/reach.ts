import type { OsUser } from './os-user.js';

/** Paths for a program's command line, and what has to be opened for it as descriptors 3, 4, … */
export interface Reach {
  readonly paths: readonly string[];
  readonly open: readonly string[];
}

/**
 * Lets a program of another user use `paths` wherever they are. Below a folder that this user may not enter
 * (a home with mode 0700) it gets them as open descriptors: then only the thing itself must be its own.
 */
export function reach(user: OsUser | undefined, ...paths: string[]): Reach {
  if (!user || process.platform !== 'linux') return { paths, open: [] };
  return { paths: paths.map((_, index) => `/proc/self/fd/${index + 3}`), open: paths };
}

/** PostgreSQL needs nothing of our environment, which holds keys; Windows cannot run programs without. */
export const PROGRAM_ENVIRONMENT: NodeJS.ProcessEnv | undefined =
  process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
