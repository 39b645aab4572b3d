import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { within } from './waiting.js';

const DATA = 'appendonlydir';
const COPY = 'copy';

/** A Redis that a test may kill and start again on the same port, with its data or without. */
export class RestartableRedis {
  #server?: ChildProcess;
  #control?: Redis;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(): Promise<RestartableRedis> {
    const redis = new RestartableRedis(await mkdtemp(join(tmpdir(), 'rivulet-redis-')), await freePort());
    await redis.startAgain();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** The test's own connection. */
  get control(): Redis {
    if (!this.#control) throw new Error('Redis has been killed');
    return this.#control;
  }

  /** Every write is on disk before it is answered, so a restart has what was acknowledged. */
  async startAgain(): Promise<void> {
    const server = spawn(
      'redis-server',
      [
        ...['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''],
        ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
      ],
      { stdio: 'ignore' },
    );
    this.#server = server;
    process.once('exit', this.#killWithTests);
    const control = new Redis(this.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    // Until it listens; a command that cannot be sent says why.
    control.on('error', () => undefined);
    this.#control = control;
    await within('redis-server is to start', control.ping());
  }

  async kill(): Promise<void> {
    this.#control?.disconnect();
    this.#control = undefined;
    process.off('exit', this.#killWithTests);
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  }

  /** Keeps a copy of its data as they are now, as a replica that is behind by whatever comes after. */
  async copyData(): Promise<void> {
    await cp(join(this.folder, DATA), join(this.folder, COPY), { recursive: true });
  }

  /** To be called while it is dead: the next start has what was copied, and nothing that came after. */
  async loseWhatCameAfterCopy(): Promise<void> {
    await this.loseData();
    await rename(join(this.folder, COPY), join(this.folder, DATA));
  }

  /** To be called while it is dead: the next start knows nothing. */
  async loseData(): Promise<void> {
    await rm(join(this.folder, DATA), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  readonly #killWithTests = (): void => void this.#server?.kill('SIGKILL');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
