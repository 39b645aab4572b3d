import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startPostgresServer, type PostgresServer } from '../../test/support/postgres-server.js';
import { dataSourceOptions, migrate } from './data-source.js';

describe('the database', () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await startPostgresServer();
  }, 60_000);
  afterAll(() => postgres.stop());

  it('is brought to what the entities say, also when two processes start at once', async () => {
    const url = await postgres.createDatabase();
    await Promise.all([migrate(url), migrate(url)]);
    const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('has two connections kept for who comes after a pause', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    const dataSource = new DataSource(dataSourceOptions(await postgres.createDatabase()));
    try {
      await dataSource.initialize();
      const pids = async (count: number): Promise<number[]> => {
        const asked = Array.from({ length: count }, () =>
          dataSource.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid, pg_sleep(0.05)'),
        );
        return (await Promise.all(asked)).map(([{ pid }]) => pid);
      };
      const before = await pids(4);
      await jest.advanceTimersByTimeAsync(3_600_000);

      const after = await pids(4);

      expect(after.filter((pid) => before.includes(pid))).toHaveLength(2);
    } finally {
      await dataSource.destroy();
      jest.useRealTimers();
    }
  });
});
