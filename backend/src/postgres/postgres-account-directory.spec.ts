import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { PostgresAccountDirectory } from './postgres-account-directory.js';
import { PostgresSubscriptionRepository } from './postgres-subscription.repository.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

describe(PostgresAccountDirectory.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let directory: PostgresAccountDirectory;
  let ids: string[];

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    directory = new PostgresAccountDirectory(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    await db.query('DELETE FROM users');
    ids = [];
    // Some in the same instant: then the id decides.
    for (const [name, email, age] of [
      ['Ada', 'ada@example.com', 3],
      ['Bob 100%', 'bob@example.org', 2],
      ['Eve', 'eve@EXAMPLE.com', 2],
      ['Guest', null, 1],
    ]) {
      const [row] = await db.query<{ id: string }[]>(
        `INSERT INTO users ("displayName", email, "isGuest", "createdAt")
         VALUES ($1, $2, $2::text IS NULL, date_trunc('hour', now()) - make_interval(hours => $3)) RETURNING id`,
        [name, email, age],
      );
      ids.push(row?.id ?? '');
    }
  });

  async function names(first: number, after?: string, search?: string): Promise<string[]> {
    return (await directory.list(first, after, search)).items.map(({ displayName }) => displayName);
  }

  describe('list', () => {
    it('has all accounts, newest first, page by page', async () => {
      const all = await names(10);
      expect([all[0], all[3], all.length]).toEqual(['Guest', 'Ada', 4]);
      const first = await directory.list(2);
      expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      const second = await directory.list(2, first.items[1]?.id);
      expect(second).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
      expect([...first.items, ...second.items].map(({ displayName }) => displayName)).toEqual(all);
    });

    it.each([
      ['example.com', ['Eve', 'Ada']],
      ['BOB', ['Bob 100%']],
      ['%', ['Bob 100%']],
      ['_', []],
      ['guest', ['Guest']],
    ])('finds %s in names and addresses', async (search, expected) => {
      expect(await names(10, undefined, search)).toEqual(expected);
    });

    it.each([randomUUID(), 'nope'])('knows no cursor %s', async (cursor) => {
      await expect(directory.list(10, cursor)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    });
  });

  describe('find', () => {
    it('shows an account with the plan that it holds', async () => {
      const [ada = ''] = ids;
      await new PostgresSubscriptionRepository(db).set(ada, 'gold', null);
      expect(await directory.find(ada)).toEqual({
        ...{ id: ada, email: 'ada@example.com', displayName: 'Ada', isGuest: false, isAdmin: false },
        ...{ createdAt: expect.any(Date) as unknown, planId: 'gold' },
      });
      expect(await directory.find('nope')).toBeUndefined();
    });
  });
});
