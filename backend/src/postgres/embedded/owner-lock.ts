import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { beginningOf } from './running-process.js';

interface Owner {
  readonly pid: number;
  readonly began?: string;
}

/** Lets one process at a time own a data folder. The lock of an owner that died, however it died, is void. */
export class OwnerLock {
  private held = false;

  /** `patienceMs`: how long an owner that is about to end may take. */
  constructor(
    private readonly file: string,
    private readonly folder: string,
    private readonly patienceMs: number,
  ) {}

  /** Takes the lock, or rejects with a sentence that names the process that holds it. */
  async acquire(): Promise<void> {
    const owner: Owner = { pid: process.pid, began: await beginningOf(process.pid) };
    const draft = `${this.file}.${process.pid}`;
    const deadline = Date.now() + this.patienceMs;
    await writeFile(draft, JSON.stringify(owner), { mode: 0o600 });
    try {
      // A link appears complete or not at all, and never over an existing file.
      while (!(await linked(draft, this.file))) {
        const holder = await this.holder();
        if (holder !== undefined && Date.now() >= deadline) throw heldBy(holder, this.folder);
        if (holder !== undefined) await delay(50);
      }
      this.held = true;
    } finally {
      await rm(draft, { force: true });
    }
  }

  async release(): Promise<void> {
    if (this.held) await rm(this.file, { force: true });
    this.held = false;
  }

  /** The living process that holds the lock; the lock of a dead one is removed. */
  private async holder(): Promise<number | undefined> {
    const seen = await readOrNothing(this.file);
    if (seen === undefined) return undefined;
    const owner = parse(seen);
    const began = owner && (await beginningOf(owner.pid));
    if (began !== undefined && began === owner?.began) return owner.pid;
    const removed = `${this.file}.stale-${process.pid}`;
    await rename(this.file, removed).catch(unlessMissing);
    // Another start may have replaced the stale lock between the two lines: give it back.
    if (![seen, undefined].includes(await readOrNothing(removed))) await linked(removed, this.file);
    await rm(removed, { force: true });
    return undefined;
  }
}

function heldBy(pid: number, folder: string): Error {
  return new Error(
    `Rivulet is already running on ${folder} (process ${pid}): stop it first, or set DATA_DIR to another folder`,
  );
}

/** A crash of the machine may leave an empty file. */
function parse(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readOrNothing(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(unlessMissing);
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
