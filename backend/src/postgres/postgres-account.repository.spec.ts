import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startPostgresServer, type PostgresServer } from '../../test/support/postgres-server.js';
import type { NewAccount } from '../accounts/account-repository.js';
import { hashOf } from '../accounts/secret.js';
import type { Viewer } from '../accounts/viewer.js';
import { dataSourceOptions, migrate } from './data-source.js';
import { PostgresAccessRepository } from './postgres-access.repository.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresChatRepository } from './postgres-chat.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { newSession } from './testing/new-session.js';

describe(PostgresAccountRepository.name, () => {
  let postgres: PostgresServer;
  let db: DataSource;
  let accounts: PostgresAccountRepository;
  let email: string;

  beforeAll(async () => {
    postgres = await startPostgresServer();
    const url = await postgres.createDatabase();
    await migrate(url);
    db = await new DataSource(dataSourceOptions(url)).initialize();
    accounts = new PostgresAccountRepository(db);
  }, 60_000);
  afterAll(async () => {
    await db.destroy();
    await postgres.stop();
  });
  beforeEach(() => {
    email = `${randomUUID()}@example.com`;
  });

  function account(overrides: Partial<NewAccount> = {}): NewAccount {
    return { email, displayName: 'Ada', passwordHash: 'hash', administrator: 'no', ...overrides };
  }

  async function created(overrides?: Partial<NewAccount>, guestId?: string): Promise<string> {
    const outcome = await accounts.createAccount(account(overrides), guestId);
    if (outcome.type !== 'created') throw new Error(outcome.type);
    return outcome.userId;
  }

  /** The user as their next request would show them. */
  async function seen(userId: string): Promise<Viewer | undefined> {
    const accesses = new PostgresAccessRepository(db);
    const hash = hashOf(randomUUID());
    await accesses.addSignIn(userId, hash, 60);
    return (await accesses.viewerBySignIn(hash))?.viewer;
  }

  /** A reply that is being written, in a chat of the user's. */
  async function chatOf(userId: string, idempotencyKey?: string) {
    const started = await new PostgresSessionRepository(db).start(
      newSession(userId, { idempotencyKey }),
      { type: 'new-chat', title: 'A chat' },
      'Hi',
    );
    return started.session;
  }

  describe('createAccount', () => {
    it('makes the first of ten at once administrator, and nobody else', async () => {
      await db.query('DELETE FROM users');
      await accounts.createGuest('Guest');
      const administrator = 'if-first';
      const ids = await Promise.all(
        Array.from({ length: 10 }, (_, i) => created({ email: `${i}@example.com`, administrator })),
      );
      const admins = (await Promise.all(ids.map(seen))).filter((viewer) => viewer?.isAdmin);
      expect(admins).toHaveLength(1);
    });

    it('says of an account what its next request shows', async () => {
      expect(await seen(await created({ administrator: 'yes' }))).toMatchObject({
        ...{ email, displayName: 'Ada', isGuest: false, isAdmin: true, hasPassword: true },
        createdAt: expect.any(Date) as unknown,
      });
      expect(await seen(await created({ email: `x${email}`, passwordHash: null }))).toMatchObject({
        ...{ isAdmin: false, hasPassword: false },
      });
    });

    it('makes a guest into it, who keeps their id', async () => {
      const guestId = await accounts.createGuest('Guest');
      expect(await created({}, guestId)).toBe(guestId);
      expect(await seen(guestId)).toMatchObject({ email, displayName: 'Ada', isGuest: false });
    });

    it('is not opened by the tokens of the guest who became it', async () => {
      const guestId = await accounts.createGuest('Guest');
      const accesses = new PostgresAccessRepository(db);
      const token = { name: 'x', scopes: ['chat:read'] as const, expiresAt: null, tokenHash: hashOf(email) };
      await accesses.addApiToken({ ...token, userId: guestId }, 1);
      await created({}, guestId);
      expect(await accesses.viewerByApiToken(hashOf(email))).toBeUndefined();
    });

    it('makes a new one where the guest is gone, or is none any more', async () => {
      const userId = await created();
      expect(await created({ email: `x${email}` }, userId)).not.toBe(userId);
      expect(await created({ email: `y${email}` }, randomUUID())).toBeDefined();
    });

    it('takes no address twice, whatever its case, of ten at once but one', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          accounts.createAccount(account({ email: i % 2 ? email : email.toUpperCase() }), undefined),
        ),
      );
      expect(outcomes.filter(({ type }) => type === 'created')).toHaveLength(1);
      const guestId = await accounts.createGuest('Guest');
      expect(await accounts.createAccount(account(), guestId)).toEqual({ type: 'taken' });
      expect(await seen(guestId)).toMatchObject({ isGuest: true });
    });
  });

  describe('adopt', () => {
    it('moves chats, running replies and pins, and leaves no guest behind', async () => {
      const [userId, guestId] = [await created(), await accounts.createGuest('Guest')];
      await accounts.pinModel(userId, 'a');
      for (const modelId of ['b', 'a', 'c']) await accounts.pinModel(guestId, modelId);
      const [own, guests] = [await chatOf(userId, 'key'), await chatOf(guestId, 'key')];
      await accounts.adopt(guestId, userId);

      const chats = await new PostgresChatRepository(db).list(userId, { first: 10 });
      expect(chats.items.map(({ id }) => id).sort()).toEqual([own.chatId, guests.chatId].sort());
      const sessions = new PostgresSessionRepository(db);
      expect(await sessions.find(userId, guests.id)).toMatchObject({ status: 'PENDING' });
      expect(await accounts.pinnedModels(userId)).toEqual(['a', 'b', 'c']);
      expect(await db.query('SELECT FROM users WHERE id = $1', [guestId])).toEqual([]);
      expect(await chatOf(userId, 'key')).toMatchObject({ id: own.id });
    });

    it('takes nothing from an account', async () => {
      const [userId, other] = [await created(), await created({ email: `x${email}` })];
      const { chatId } = await chatOf(other);
      await accounts.adopt(other, userId);
      expect(await new PostgresChatRepository(db).find(other, chatId)).toBeDefined();
    });

    it('loses nothing that the guest began at the same time', async () => {
      const [userId, guestId] = [await created(), await accounts.createGuest('Guest')];
      const [starts] = await Promise.all([
        Promise.allSettled(Array.from({ length: 20 }, () => chatOf(guestId))),
        accounts.adopt(guestId, userId),
      ]);
      const begun = starts.filter(({ status }) => status === 'fulfilled').length;
      expect((await new PostgresChatRepository(db).list(userId, { first: 30 })).items).toHaveLength(begun);
    });
  });

  describe('changePassword', () => {
    it('changes the one that was looked at, and no other', async () => {
      const userId = await created();
      expect(await accounts.changePassword(userId, 'other', 'new')).toBe(false);
      expect(await accounts.changePassword(userId, 'hash', 'new')).toBe(true);
      expect(await accounts.passwordByEmail(email.toUpperCase())).toEqual({ userId, passwordHash: 'new' });
      expect(await accounts.passwordHash(userId)).toBe('new');
    });

    it('gives a first one to whoever has none', async () => {
      const userId = await created({ passwordHash: null });
      expect(await accounts.changePassword(userId, null, 'new')).toBe(true);
      expect(await accounts.passwordHash(userId)).toBe('new');
    });
  });

  describe('movePinnedModel', () => {
    let userId: string;
    beforeEach(async () => {
      userId = await accounts.createGuest('Guest');
      for (const modelId of ['a', 'b', 'c', 'd']) await accounts.pinModel(userId, modelId);
    });

    it.each<[string, string | undefined, string]>([
      ['d', 'b', 'a d b c'],
      ['a', 'd', 'b c a d'],
      ['b', undefined, 'a c d b'],
      ['b', 'c', 'a b c d'],
      ['b', 'b', 'a b c d'],
      ['x', 'a', 'a b c d'],
      ['a', 'x', 'a b c d'],
    ])('puts %s before %s: %s', async (modelId, before, order) => {
      // Twice the same is once.
      for (let times = 0; times < 2; times++) await accounts.movePinnedModel(userId, modelId, before);
      expect((await accounts.pinnedModels(userId)).join(' ')).toBe(order);
    });

    it('leaves new pins last, and those of others alone', async () => {
      const other = await accounts.createGuest('Other');
      for (const modelId of ['c', 'a']) await accounts.pinModel(other, modelId);
      await accounts.movePinnedModel(userId, 'd', 'a');
      await accounts.pinModel(userId, 'e');
      expect(await accounts.pinnedModels(userId)).toEqual(['d', 'a', 'b', 'c', 'e']);
      expect(await accounts.pinnedModels(other)).toEqual(['c', 'a']);
    });

    it('loses and doubles none while many move, pin and unpin at once', async () => {
      const moves = Array.from({ length: 30 }, (_, i) =>
        accounts.movePinnedModel(userId, 'abcd'[i % 4] ?? '', 'dcab'[(i * 7) % 4]),
      );
      await Promise.all([...moves, accounts.pinModel(userId, 'e'), accounts.unpinModel(userId, 'b')]);
      const pins = await accounts.pinnedModels(userId);
      expect(pins.toSorted()).toEqual(['a', 'c', 'd', 'e']);
      expect(pins.at(-1)).toBe('e');
      const places = await db.query<unknown[]>(
        'SELECT DISTINCT position FROM pinned_models WHERE "userId" = $1',
        [userId],
      );
      expect(places).toHaveLength(4);
    });
  });

  describe('makeAdministrator', () => {
    it('finds the account by its address, and nobody where there is none', async () => {
      const userId = await created();
      await accounts.makeAdministrator(`x${email}`);
      expect(await seen(userId)).toMatchObject({ isAdmin: false });
      await accounts.makeAdministrator(email.toUpperCase());
      expect(await seen(userId)).toMatchObject({ isAdmin: true });
    });
  });

  describe('delete', () => {
    it('leaves nothing of the user', async () => {
      const userId = await created();
      await seen(userId);
      const { chatId, id } = await chatOf(userId);
      await accounts.pinModel(userId, 'a');
      await accounts.delete(userId);
      for (const [table, column, value] of [
        ['users', 'id', userId],
        ['sign_ins', 'userId', userId],
        ['pinned_models', 'userId', userId],
        ['chats', 'userId', userId],
        ['messages', 'chatId', chatId],
        ['chat_sessions', 'id', id],
      ]) {
        expect(await db.query(`SELECT FROM ${table} WHERE "${column}" = $1`, [value])).toEqual([]);
      }
    });
  });
});
