import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startPostgresServer, type PostgresServer } from '../../test/support/postgres-server.js';
import { dataSourceOptions, migrate } from './data-source.js';

describe(migrate.name, () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await startPostgresServer();
  }, 60_000);
  afterAll(() => postgres.stop());

  it('brings the schema to what the entities say, also when two processes start at once', async () => {
    const url = await postgres.createDatabase();
    await Promise.all([migrate(url), migrate(url)]);
    const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
