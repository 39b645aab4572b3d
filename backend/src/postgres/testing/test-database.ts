import { DataSource } from 'typeorm';
import { startPostgresServer } from '../../../test/support/postgres-server.js';
import { dataSourceOptions, migrate } from '../data-source.js';

/** A database of the test's own with the product's schema, on a server of its own. */
export interface TestDatabase {
  readonly db: DataSource;
  stop(): Promise<void>;
}

export async function startTestDatabase(): Promise<TestDatabase> {
  const postgres = await startPostgresServer();
  const url = await postgres.createDatabase();
  await migrate(url);
  const db = await new DataSource(dataSourceOptions(url)).initialize();
  return {
    db,
    stop: async () => {
      await db.destroy();
      await postgres.stop();
    },
  };
}
