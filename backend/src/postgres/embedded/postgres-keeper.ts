/**
 * A process of its own that runs PostgreSQL while its parent lives. The signals of a terminal or of a service
 * manager do not reach PostgreSQL this way: it ends after the parent has saved its last word, and it ends
 * cleanly even when the parent was killed. Imports nothing of ours, so that it also runs uncompiled in tests.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, openSync } from 'node:fs';

/** What the parent asks for, as JSON in the first argument. */
export interface KeeperOrder {
  readonly command: string;
  readonly args: readonly string[];
  /** What to pass on as descriptors 3, 4, … */
  readonly open: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  readonly logFile: string;
  /** A program that stops PostgreSQL, where a signal cannot. */
  readonly stopCommand?: readonly [string, ...string[]];
}

const order = JSON.parse(process.argv[2] ?? '') as KeeperOrder;
const log = openSync(order.logFile, 'a', 0o600);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const postgres = spawn(order.command, order.args, {
  ...(order.uid !== undefined && { uid: order.uid, gid: order.gid }),
  cwd: process.platform === 'win32' ? undefined : '/',
  stdio: ['ignore', log, log, ...order.open.map((path) => openSync(path, 'r'))],
  windowsHide: true,
});
postgres.on('error', (error) => {
  appendFileSync(order.logFile, `FATAL:  ${error.message}\n`);
  process.exit(1);
});
postgres.on('exit', () => process.exit(1));

function stop(): void {
  // From here on PostgreSQL's end is a success. SIGINT is its fast shutdown: transactions are rolled back, data is flushed.
  postgres.removeAllListeners('exit');
  postgres.on('exit', () => process.exit(0));
  if (!order.stopCommand) postgres.kill('SIGINT');
  else spawn(order.stopCommand[0], order.stopCommand.slice(1), { stdio: 'ignore', windowsHide: true });
}

process.once('disconnect', stop);
if (!process.connected) stop();
