import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** Environment of a process whose `heldBytes` are to be measured. */
export const COLLECTABLE = { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'collectable.mjs')}` };

/**
 * What the process holds on to once it has collected its garbage: V8's heap, and the buffers beside it. Not the resident
 * set, which keeps for a while what was given back.
 */
export async function heldBytes({ pid }: { readonly pid: number }): Promise<number> {
  return (await json(connect(`\0rivulet-collector-${pid}`))) as number;
}

/** The most that the process has ever held in memory. */
export function peakResidentBytes(pid: number): Promise<number> {
  return bytesOf(pid, 'VmHWM');
}

/** Files, sockets and all else that the process has open. */
export async function openHandles(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

/** A figure of the process at `url` as Prometheus would see it; 0 where it does not have it. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
}

async function bytesOf(pid: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
}
