import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { NewApiToken } from '../accounts/api-token.js';
import { hashOf } from '../accounts/secret.js';
import { PostgresAccessRepository } from './postgres-access.repository.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

describe(PostgresAccessRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let accesses: PostgresAccessRepository;
  let userId: string;
  let tokenHash: Buffer;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    accesses = new PostgresAccessRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    userId = await newUser();
    tokenHash = newHash();
  });

  const newUser = () => new PostgresAccountRepository(db).createGuest('Guest');
  const newHash = () => hashOf(randomUUID());

  function token(overrides: Partial<NewApiToken> = {}): NewApiToken {
    return { userId, tokenHash, name: 'A program', scopes: ['chat:read'], expiresAt: null, ...overrides };
  }

  async function makeOlder(table: 'sign_ins' | 'api_tokens', column: string, seconds: number): Promise<void> {
    await db.query(
      `UPDATE ${table} SET "${column}" = "${column}" - make_interval(secs => $2) WHERE "tokenHash" = $1`,
      [tokenHash, seconds],
    );
  }

  describe('viewerBySignIn', () => {
    it('finds the user until the time is over, and says how long that is', async () => {
      await accesses.addSignIn(userId, tokenHash, 100);
      const found = await accesses.viewerBySignIn(tokenHash);
      expect(found?.viewer).toMatchObject({
        ...{ id: userId, access: { type: 'sign-in', id: tokenHash.toString('hex') } },
      });
      expect(found?.endsInMs).toBeGreaterThan(90_000);
      expect(found?.endsInMs).toBeLessThanOrEqual(100_000);
      await makeOlder('sign_ins', 'expiresAt', 100);
      expect(await accesses.viewerBySignIn(tokenHash)).toBeUndefined();
    });

    it('finds nobody by a token of another kind', async () => {
      await accesses.addApiToken(token(), 1);
      expect(await accesses.viewerBySignIn(tokenHash)).toBeUndefined();
    });
  });

  describe('addSignIn', () => {
    it('takes away those of the user whose time is over', async () => {
      await accesses.addSignIn(userId, tokenHash, 100);
      await makeOlder('sign_ins', 'expiresAt', 100);
      await accesses.addSignIn(userId, newHash(), 100);
      expect(await db.query('SELECT FROM sign_ins WHERE "userId" = $1', [userId])).toHaveLength(1);
    });
  });

  describe('removeSignIn', () => {
    it('says whose it was, once', async () => {
      await accesses.addSignIn(userId, tokenHash, 100);
      expect(await accesses.removeSignIn(tokenHash)).toBe(userId);
      expect(await accesses.removeSignIn(tokenHash)).toBeUndefined();
    });
  });

  describe('removeSignIns', () => {
    it('removes those of the user alone, and spares one, and tokens', async () => {
      const [own, others] = [newHash(), newHash()];
      await accesses.addSignIn(userId, own, 100);
      await accesses.addSignIn(await newUser(), others, 100);
      const other = newHash();
      await accesses.addSignIn(userId, other, 100);
      await accesses.addApiToken(token(), 1);
      await accesses.removeSignIns(userId, own);
      expect(await accesses.viewerBySignIn(other)).toBeUndefined();
      expect(await accesses.viewerBySignIn(own)).toBeDefined();
      await accesses.removeSignIns(userId);
      expect(await accesses.viewerBySignIn(own)).toBeUndefined();
      expect(await accesses.viewerBySignIn(others)).toBeDefined();
      expect(await accesses.viewerByApiToken(tokenHash)).toBeDefined();
    });
  });

  describe('viewerByApiToken', () => {
    it('finds the user and what the token may do', async () => {
      const added = await accesses.addApiToken(token(), 1);
      expect(await accesses.viewerByApiToken(tokenHash)).toMatchObject({
        endsInMs: Infinity,
        viewer: { id: userId, access: { type: 'api-token', id: added?.id, scopes: ['chat:read'] } },
      });
    });

    it('finds nobody once the time is over', async () => {
      await accesses.addApiToken(token({ expiresAt: new Date(Date.now() + 60_000) }), 1);
      expect((await accesses.viewerByApiToken(tokenHash))?.endsInMs).toBeLessThanOrEqual(60_000);
      await makeOlder('api_tokens', 'expiresAt', 60);
      expect(await accesses.viewerByApiToken(tokenHash)).toBeUndefined();
    });

    it('notes the use, at most once a minute', async () => {
      await accesses.addApiToken(token(), 1);
      const lastUse = async () => (await accesses.apiTokens(userId))[0]?.lastUsedAt?.getTime();
      expect(await lastUse()).toBeUndefined();
      await accesses.viewerByApiToken(tokenHash);
      const first = await lastUse();
      expect(first).toBeDefined();
      await accesses.viewerByApiToken(tokenHash);
      expect(await lastUse()).toBe(first);
      await makeOlder('api_tokens', 'lastUsedAt', 61);
      await accesses.viewerByApiToken(tokenHash);
      expect(await lastUse()).toBeGreaterThan(first ?? Infinity);
    });
  });

  describe('addApiToken', () => {
    it('says what the list says, and keeps no more than there may be, of ten at once', async () => {
      const added = await Promise.all(
        Array.from({ length: 10 }, () => accesses.addApiToken(token({ tokenHash: newHash() }), 3)),
      );
      const tokens = added.filter((one) => one !== undefined);
      expect(tokens).toHaveLength(3);
      expect(await accesses.apiTokens(userId)).toEqual(expect.arrayContaining(tokens));
    });
  });

  describe('removeApiToken', () => {
    it('removes a token of the user, says what it was, and finds none of somebody else', async () => {
      const added = await accesses.addApiToken(token(), 1);
      const id = added?.id ?? '';
      expect(await accesses.removeApiToken(await newUser(), id)).toBeUndefined();
      expect(await accesses.removeApiToken(userId, 'nope')).toBeUndefined();
      expect(await accesses.removeApiToken(userId, id)).toEqual(added);
      expect(await accesses.viewerByApiToken(tokenHash)).toBeUndefined();
    });
  });
});
