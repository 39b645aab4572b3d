import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { postmasterPid } from './leftover-postmaster.js';
import { beginningOf } from './running-process.js';
import { startOwner } from './testing/owner-process.js';

// Every test makes a database of its own.
jest.setTimeout(60_000);

describe(EmbeddedPostgres.name, () => {
  let dataDir: string;
  let postgres: EmbeddedPostgres;
  let log: string[];

  beforeEach(async () => {
    // With mode 0700 and, for root, closed to the user that PostgreSQL runs as.
    dataDir = join(await mkdtemp(join(tmpdir(), 'rivulet-embedded-')), '.data');
    log = [];
    postgres = new EmbeddedPostgres({ dataDir, durability: 'disposable', log: (line) => log.push(line) });
  });

  afterEach(async () => {
    await postgres.stop();
    await rm(join(dataDir, '..'), { recursive: true });
  });

  it('offers a UTF-8 database on 127.0.0.1 alone', async () => {
    const { databaseUrl } = await postgres.start();
    expect(
      await query(
        databaseUrl,
        `SELECT current_database() AS name, getdatabaseencoding() AS encoding, datcollate AS collation,
           current_setting('listen_addresses') AS address FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual([{ name: 'rivulet', encoding: 'UTF8', collation: 'C', address: '127.0.0.1' }]);
  });

  it('survives a crash of the machine unless it is for tests', async () => {
    postgres = new EmbeddedPostgres({ dataDir });
    const { databaseUrl } = await postgres.start();
    const settings =
      "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit";
    expect(await query(databaseUrl, settings)).toEqual([{ fsync: 'on', commit: 'on' }]);
  });

  it('keeps the password to itself', async () => {
    await postgres.start();
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
  });

  it('keeps what was written from one start to the next', async () => {
    await write((await postgres.start()).databaseUrl);
    await postgres.stop();
    expect(await written((await postgres.start()).databaseUrl)).toBe(1);
  });

  it('refuses a second owner in one sentence while the first one lives', async () => {
    await postgres.start();
    const { owner, says } = await startOwner(dataDir);
    await kill(owner.pid);
    expect(says).toMatch(/^error Rivulet is already running on .*\.data \(process \d+\): stop it first/);
  });

  it('leaves the lock to the first owner when the second one is stopped', async () => {
    await postgres.start();
    const second = new EmbeddedPostgres({ dataDir, patienceMs: 0 });
    await expect(second.start()).rejects.toThrow(/already running/);
    await second.stop();
    await expect(second.start()).rejects.toThrow(/already running/);
  });

  it('is not stopped by a lock that a crash of the machine left empty', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'owner.lock'), '');
    await expect(postgres.start()).resolves.toHaveProperty('databaseUrl');
  });

  it('refuses an owner whose password is gone', async () => {
    await postgres.start();
    await postgres.stop();
    await rm(join(dataDir, 'postgres-password'));
    await expect(postgres.start()).rejects.toThrow(/postgres-password is missing/);
  });

  it.each(['PostgreSQL', 'the keeper'])('is back at the same address after kill -9 of %s', async (victim) => {
    const { databaseUrl } = await postgres.start();
    await write(databaseUrl);
    const postmaster = await runningPostmaster(dataDir);
    await kill(victim === 'PostgreSQL' ? postmaster : parentOf(postmaster));
    while ((await runningPostmaster(dataDir).catch(() => postmaster)) === postmaster) await delay(20);
    expect(await eventually(() => written(databaseUrl))).toBe(1);
    expect(log).toContain('PostgreSQL ended unexpectedly and is being started again');
  });

  it('ends PostgreSQL when its owner was killed, and starts again', async () => {
    const { owner, says } = await startOwner(dataDir);
    await write(urlIn(says));
    const postmaster = await runningPostmaster(dataDir);
    await kill(owner.pid);
    while (await beginningOf(postmaster)) await delay(20);
    expect(await written((await postgres.start()).databaseUrl)).toBe(1);
  });

  it.each([
    ['owner and keeper', 2],
    ['owner, keeper and PostgreSQL', 3],
  ])('starts again after kill -9 of %s', async (_, count) => {
    const { owner, says } = await startOwner(dataDir);
    await write(urlIn(says));
    const postmaster = await runningPostmaster(dataDir);
    const keeper = parentOf(postmaster);
    // The keeper first: left alone, it would end PostgreSQL cleanly.
    for (const pid of [keeper, owner.pid, postmaster].slice(0, count)) process.kill(pid!, 'SIGKILL');
    await once(owner, 'exit');
    expect(await written((await postgres.start()).databaseUrl)).toBe(1);
    expect(await beginningOf(postmaster)).toBeUndefined();
  });

  it('is not misled by a stranger that has got the number of the last PostgreSQL', async () => {
    await write((await postgres.start()).databaseUrl);
    const record = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    await postgres.stop();
    const stranger = record.replace(/^\d+/, `${process.pid}`);
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), stranger);
    expect(await written((await postgres.start()).databaseUrl)).toBe(1);
  });

  it('clears away a database that was never finished', async () => {
    await mkdir(join(dataDir, 'postgres.new-killed', 'base'), { recursive: true });
    await postgres.start();
    expect((await readdir(dataDir)).filter((name) => name.includes('new'))).toEqual([]);
  });

  it("gives PostgreSQL's own reason when it does not start", async () => {
    await postgres.start();
    await postgres.stop();
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '9\n');
    await expect(postgres.start()).rejects.toThrow(/does not start: database files are incompatible/);
  });
});

function urlIn(says: string): string {
  expect(says).toMatch(/^url /);
  return says.slice(4);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function write(url: string): Promise<void> {
  await query(url, 'CREATE TABLE note AS SELECT 1 AS id');
}

async function written(url: string): Promise<number> {
  return (await query(url, 'SELECT * FROM note')).length;
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if ((error as { code?: string }).code === '42P01') throw error;
      await delay(20);
    }
  }
}

async function runningPostmaster(dataDir: string): Promise<number> {
  const pid = await postmasterPid(join(dataDir, 'postgres'));
  if (pid === undefined) throw new Error('PostgreSQL does not run');
  return pid;
}

function parentOf(pid: number): number {
  if (process.platform === 'linux') {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  }
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', `${pid}`], { encoding: 'utf8' }));
}

async function kill(pid: number | undefined): Promise<void> {
  process.kill(pid!, 'SIGKILL');
  while (await beginningOf(pid!)) await delay(10);
}
