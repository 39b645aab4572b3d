import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../../../dist/backend/main.js');
/** `npm start` has Node keep compiled code as well; it saves a quarter of what a start costs. */
const COMPILE_CACHE = join(import.meta.dirname, '../../../dist/.compile-cache');
const READY = /ready.* http:\/\/localhost:(\d+)/;

/** Far above what any test sends, and never off: so what is counted is counted in every test. */
const ROOMY_LIMITS = {
  RATE_LIMIT_ADDRESS: '100000000',
  RATE_LIMIT_USER: '100000000',
  RATE_LIMIT_TOKEN: '100000000',
  RATE_LIMIT_SIGN_IN: '1000000',
  STREAMS_PER_USER: '1000000',
  STREAMS_PER_ADDRESS: '1000000',
};

/** What a process has from the machine that it runs on. */
const SURROUNDINGS = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_COMPILE_CACHE: COMPILE_CACHE,
};

/** A call more to a model, at no certain time, would stand between a test and what it counts. */
const NO_TITLES = { TITLES: 'off' };

/** One running Rivulet, whichever its role. */
export interface RivuletProcess {
  readonly url: string;
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Whether it has neither ended nor been ended. */
  isRunning(): boolean;
  /** Ends it as a supervisor would, and resolves with its exit code. */
  terminate(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/**
 * Starts the built application with `env`, roomy limits and no titles in its environment, and resolves when it says that it is ready.
 * Rejects with what it printed when it ends before that.
 */
export async function startRivulet(env: Readonly<Record<string, string>>): Promise<RivuletProcess> {
  const child = spawn(process.execPath, ['--no-memory-reducer', MAIN], {
    env: { ...SURROUNDINGS, PORT: '0', ...ROOMY_LIMITS, ...NO_TITLES, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithTests = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithTests);
  child.once('exit', () => process.off('exit', killWithTests));
  const printed: string[] = [];
  const port = await portOf(child, printed);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output: () => printed.join('\n'),
    isRunning: () => isRunning(child),
    terminate: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

/** Runs the application to its end, for starts that are to fail. */
export async function runRivulet(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...SURROUNDINGS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, output };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (!isRunning(child)) return child.exitCode;
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}

/** @param printed gets every line, then and later. */
async function portOf(child: ChildProcess, printed: string[]): Promise<string> {
  const port = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        printed.push(line);
        const found = READY.exec(line)?.[1];
        if (found) resolve(found);
      });
    }
    child.once('close', () => reject(new Error(`Rivulet ended before it was ready:\n${printed.join('\n')}`)));
  });
  return port;
}
