import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { canConnect } from './database.js';
import type { KeeperOrder } from './postgres-keeper.js';
import { PROGRAM_ENVIRONMENT } from './reach.js';

/** One run of PostgreSQL, inside its keeper process. */
export class Server {
  /** Resolves when this run ends, for whatever reason. */
  readonly ended: Promise<unknown>;

  private constructor(private readonly keeper: ChildProcess) {
    this.ended = once(keeper, 'exit');
  }

  /** Resolves when `url` answers; rejects with PostgreSQL's own reason when it ends before. */
  static async start(order: KeeperOrder, url: string): Promise<Server> {
    const alreadyLogged = await sizeOf(order.logFile);
    const server = new Server(forkKeeper(order));
    try {
      await server.untilReady(url);
    } catch (error) {
      await server.stop();
      throw error;
    }
    if (server.keeper.exitCode === null && server.keeper.signalCode === null) return server;
    throw new Error(await reasonInLog(order.logFile, alreadyLogged));
  }

  /** Ends PostgreSQL in good order: open transactions are rolled back, the rest is on disk. */
  async stop(): Promise<void> {
    this.keeper.ref();
    if (this.keeper.connected) this.keeper.disconnect();
    await this.ended;
  }

  private async untilReady(url: string): Promise<void> {
    const ended = this.ended.then(() => true);
    while (!(await Promise.race([canConnect(url), ended]))) await delay(10);
  }
}

function forkKeeper(order: KeeperOrder): ChildProcess {
  // Beside this file, compiled or not.
  const file = new URL(`./postgres-keeper${extname(import.meta.url)}`, import.meta.url);
  const keeper = fork(fileURLToPath(file), [JSON.stringify(order)], {
    // A session of its own: no terminal and no signal to our process group reaches it.
    detached: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: PROGRAM_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // We may end without stopping it: it notices.
  keeper.unref();
  keeper.channel?.unref();
  return keeper;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function reasonInLog(file: string, offset: number): Promise<string> {
  const log = (await readFile(file)).subarray(offset).toString('utf8').trim();
  const fatal = /(?:FATAL|PANIC): +(.*)/.exec(log)?.[1];
  return fatal ?? (log.split('\n').slice(-3).join(' ') || 'it ended without a word');
}
