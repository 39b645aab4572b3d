import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Whether the number is taken by any process, a dead one that nobody has waited for included. */
export function isPidTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a running process began, which tells it from a later one with the same number. Undefined when no
 * process, or only a dead one, has the number.
 */
export async function beginningOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32') return isPidTaken(pid) ? 'running' : undefined;
  if (process.platform !== 'linux') return ps('lstart=', pid);
  const stat = await readProc(`${pid}/stat`);
  // The fields after the command's name, which may itself hold spaces and brackets.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  if (state === undefined || state === 'Z' || state === 'X') return undefined;
  return `${(await readProc('sys/kernel/random/boot_id')) ?? ''} ${fields[18] ?? ''}`;
}

/** The command line of a running process, arguments separated by spaces. */
export async function commandLineOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return (await readProc(`${pid}/cmdline`))?.replaceAll('\0', ' ') ?? '';
  if (process.platform !== 'win32') return (await ps('command=', pid)) ?? '';
  const query = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`;
  const shell = await promisify(execFile)('powershell', ['-NoProfile', '-Command', query]).catch(nothing);
  return shell?.stdout ?? '';
}

async function readProc(path: string): Promise<string | undefined> {
  // Whatever the reason: what cannot be read does not run, or not where we could disturb it.
  return (await readFile(`/proc/${path}`, 'utf8').catch(nothing))?.trim();
}

async function ps(field: string, pid: number): Promise<string | undefined> {
  const found = await promisify(execFile)('ps', ['-o', field, '-p', `${pid}`]).catch(nothing);
  return found?.stdout.trim() || undefined;
}

function nothing(): undefined {
  return undefined;
}
