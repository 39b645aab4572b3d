import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startPostgresServer, type PostgresServer } from '../../test/support/postgres-server.js';
import { dataSourceOptions, migrate } from './data-source.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresIdentityRepository } from './postgres-identity.repository.js';

describe(PostgresIdentityRepository.name, () => {
  let postgres: PostgresServer;
  let db: DataSource;
  let accounts: PostgresAccountRepository;
  let identities: PostgresIdentityRepository;

  beforeAll(async () => {
    postgres = await startPostgresServer();
    const url = await postgres.createDatabase();
    await migrate(url);
    db = await new DataSource(dataSourceOptions(url)).initialize();
    accounts = new PostgresAccountRepository(db);
    identities = new PostgresIdentityRepository(db);
  }, 60_000);
  afterAll(async () => {
    await db.destroy();
    await postgres.stop();
  });

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
