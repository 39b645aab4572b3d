import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresIdentityRepository } from './postgres-identity.repository.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

describe(PostgresIdentityRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let accounts: PostgresAccountRepository;
  let identities: PostgresIdentityRepository;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    accounts = new PostgresAccountRepository(db);
    identities = new PostgresIdentityRepository(db);
  }, 60_000);
  afterAll(() => database.stop());

  const account = (identity: { issuer: string; subject: string }) => ({
    ...{ email: `${randomUUID()}@example.com`, displayName: 'Ada', passwordHash: null, identity },
    administrator: 'no' as const,
  });

  it('finds the account by issuer and subject together, and none of a deleted user', async () => {
    const identity = { issuer: 'https://a', subject: '1' };
    const outcome = await accounts.createAccount(account(identity), undefined);
    const userId = outcome.type === 'created' ? outcome.userId : '';
    expect(await identities.userOf(identity)).toBe(userId);
    expect(await identities.userOf({ ...identity, issuer: 'https://b' })).toBeUndefined();
    await accounts.delete(userId);
    expect(await identities.userOf(identity)).toBeUndefined();
  });

  it('opens one account alone, however often it comes at once', async () => {
    const identity = { issuer: 'https://a', subject: '2' };
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => accounts.createAccount(account(identity), undefined)),
    );
    const created = outcomes.flatMap((outcome) => (outcome.type === 'created' ? [outcome.userId] : []));
    expect(created).toHaveLength(1);
    await identities.link(identity, await accounts.createGuest('Guest'));
    expect(await identities.userOf(identity)).toBe(created[0]);
    const [{ users }] = await db.query<[{ users: string }]>(
      `SELECT count(*) AS users FROM users WHERE NOT "isGuest"`,
    );
    expect(users).toBe('1');
  });
});
