import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const BENCH = join(import.meta.dirname, '..');
/** As Rivulet is started; and room for whoever keeps everything. */
const NODE_FLAGS = ['--no-memory-reducer', '--max-old-space-size=2048'];

/** Starts one of the benchmark's own programs; resolves when it has told its port (0: it has none). */
export async function startProcess(file, env = {}) {
  const child = fork(join(BENCH, file), [], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    execArgv: ['--no-warnings', ...NODE_FLAGS, ...(process.env.BENCH_NODE_ARGS?.split(' ') ?? [])],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const [message] = await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => {
      throw new Error(`${file} ended with code ${code}`);
    }),
  ]);
  return {
    child,
    pid: child.pid,
    url: `http://127.0.0.1:${message.port}`,
    // They end when their parent's channel closes, and so with a parent that was killed.
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The load client, to be asked for one job at a time. */
export async function startClient() {
  const { child, stop } = await startProcess('load/client.mjs');
  let number = 0;
  const run = (job) =>
    new Promise((resolve, reject) => {
      const mine = ++number;
      const answered = (message) => {
        if (message.number !== mine) return;
        child.off('message', answered);
        if (message.error) reject(new Error(message.error));
        else resolve(message.result);
      };
      child.on('message', answered);
      child.send({ number: mine, job });
    });
  return { run, stop };
}
