import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real Redis server of this test run. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Freezes the server: connections stay open and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Kills the server and removes its folder. */
  stop(): Promise<void>;
}

const MISSING =
  'redis-server is not installed: install it (apt-get install redis-server, brew install redis) and run the tests again';

/** Starts redis-server on a free port of 127.0.0.1 (or on `port`, to take up where a stopped one was). */
export async function startRedisServer({ port }: { port?: number } = {}): Promise<RedisServer> {
  const chosenPort = port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-redis-'));
  const server = spawn(
    'redis-server',
    [
      ...['--port', `${chosenPort}`, '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  try {
    await untilReady(server);
  } catch (error) {
    kill();
    process.off('exit', kill);
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${chosenPort}`,
    port: chosenPort,
    pid: server.pid ?? 0,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    stop: async () => {
      process.off('exit', kill);
      if (server.exitCode === null && server.signalCode === null) {
        const exit = once(server, 'exit');
        kill();
        await exit;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error(MISSING, { cause: error }) : error),
    );
    server.once('exit', (code) => reject(new Error(`redis-server ended with code ${code}: ${output}`)));
    server.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-4_000);
      if (output.includes('Ready to accept connections')) resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
