import type { Cluster } from './cluster.js';
import type { Durability } from './initdb.js';
import type { OsUser } from './os-user.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { KeeperOrder } from './postgres-keeper.js';
import { reach } from './reach.js';

const DISPOSABLE = ['fsync=off', 'full_page_writes=off'];

/** Everything that a run of PostgreSQL needs, but for its port. */
export interface ServerRecipe {
  readonly cluster: Cluster;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly user: OsUser | undefined;
  readonly durability: Durability;
}

/** What the keeper is told. */
export function serverOrder(
  { cluster, binaries, user, durability }: ServerRecipe,
  port: number,
): KeeperOrder {
  const { paths, open } = reach(user, cluster.folder);
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    // TCP only: the path of a socket has a length limit that the path of a clone may exceed.
    'unix_socket_directories=',
    // Says on the command line which folder this is: a later start looks for it there.
    `rivulet.folder=${cluster.folder}`,
    // Failing statements reach their caller. The log must not repeat them: they hold what people wrote.
    'log_min_messages=log',
    'log_error_verbosity=terse',
    'log_checkpoints=off',
    ...(durability === 'disposable' ? DISPOSABLE : []),
  ];
  return {
    command: binaries.postgres,
    args: ['-D', paths[0] ?? cluster.folder, ...settings.flatMap((setting) => ['-c', setting])],
    open,
    ...user,
    logFile: cluster.logFile,
    ...(process.platform === 'win32' && {
      stopCommand: [binaries.pgCtl, 'stop', '-D', cluster.folder, '-m', 'fast'] as const,
    }),
  };
}
