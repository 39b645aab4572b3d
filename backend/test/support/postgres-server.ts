import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../../src/postgres/embedded/database.js';
import { EmbeddedPostgres } from '../../src/postgres/embedded/embedded-postgres.js';

/** A PostgreSQL of the tests' own, gone without a trace after `stop`. */
export interface PostgresServer {
  /** A database for maintenance, to be left empty. */
  readonly url: string;
  /** Makes an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  /** What it has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

export async function startPostgresServer(): Promise<PostgresServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rivulet-postgres-'));
  const postgres = new EmbeddedPostgres({ dataDir, durability: 'disposable' });
  const { databaseUrl: url } = await postgres.start();
  let databases = 0;
  return {
    url,
    createDatabase: async () => {
      const name = `test_${++databases}`;
      await createDatabase(url, name);
      return Object.assign(new URL(url), { pathname: name }).href;
    },
    log: () => readFile(join(dataDir, 'postgres.log'), 'utf8'),
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
