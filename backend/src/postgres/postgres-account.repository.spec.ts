import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { NewAccount } from '../accounts/account-repository.js';
import { hashOf } from '../accounts/secret.js';
import type { Viewer } from '../accounts/viewer.js';
import type { PlannedSubscription } from '../billing/billing-repository.js';
import type { NewSession } from '../chat/session-repository.js';
import { PostgresAccessRepository } from './postgres-access.repository.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresChatRepository } from './postgres-chat.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { PostgresBillingRepository } from './postgres-billing.repository.js';
import { PostgresSubscriptionRepository } from './postgres-subscription.repository.js';
import { PostgresUsageRepository } from './postgres-usage.repository.js';
import { newSession, NO_LIMITS } from './testing/new-session.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

describe(PostgresAccountRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let accounts: PostgresAccountRepository;
  let email: string;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    accounts = new PostgresAccountRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
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
  async function chatOf(userId: string, overrides: Partial<NewSession> = {}) {
    const started = await new PostgresSessionRepository(db).start(
      newSession(userId, overrides),
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
      const key = { idempotencyKey: 'key' };
      const [own, guests] = [await chatOf(userId, key), await chatOf(guestId, key)];
      await accounts.adopt(guestId, userId);

      const chats = await new PostgresChatRepository(db).list(userId, { first: 10 });
      expect(chats.items.map(({ id }) => id).sort()).toEqual([own.chatId, guests.chatId].sort());
      const sessions = new PostgresSessionRepository(db);
      expect(await sessions.find(userId, guests.id)).toMatchObject({ status: 'PENDING' });
      expect(await accounts.pinnedModels(userId)).toEqual(['a', 'b', 'c']);
      expect(await db.query('SELECT FROM users WHERE id = $1', [guestId])).toEqual([]);
      expect(await chatOf(userId, key)).toMatchObject({ id: own.id });
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

  describe('adopt, of a guest who has paid', () => {
    let userId: string;
    let guestId: string;

    beforeEach(async () => {
      [userId, guestId] = [await created(), await accounts.createGuest('Guest')];
    });

    /** What the payment service says of a subscription that began so many hours ago. */
    function hear(of: string, planId: string, hours: number, overrides: Partial<PlannedSubscription> = {}) {
      const startedAt = new Date(Date.now() - hours * 3600_000);
      const news: PlannedSubscription = {
        ...{
          type: 'subscription',
          subscriptionId: `sub_${of}_${planId}`,
          stage: 'changed',
          userId: of,
          planId,
        },
        ...{ status: 'ACTIVE', startedAt, periodEnd: null },
        ...overrides,
      };
      return new PostgresBillingRepository(db).apply({ eventId: randomUUID(), at: new Date(), news });
    }

    async function plan(): Promise<string | undefined> {
      return (await seen(userId))?.planId ?? undefined;
    }

    it('puts the account on what was paid for', async () => {
      await hear(guestId, 'plus', 2);
      await accounts.adopt(guestId, userId);
      expect(await plan()).toBe('plus');
    });

    it('keeps the newer of what the account and the guest have paid for, and the other one for later', async () => {
      await hear(userId, 'pro', 1);
      await hear(guestId, 'plus', 2);
      await accounts.adopt(guestId, userId);
      expect(await plan()).toBe('pro');
      await hear(userId, 'pro', 1, { stage: 'deleted', status: 'ENDED' });
      expect(await plan()).toBe('plus');
    });

    it('takes the guest’s where the account’s has ended', async () => {
      await hear(userId, 'pro', 1, { stage: 'deleted', status: 'ENDED' });
      await hear(guestId, 'plus', 2);
      await accounts.adopt(guestId, userId);
      expect(await plan()).toBe('plus');
    });

    it('finds the account by what the payment service goes on calling it', async () => {
      await hear(guestId, 'plus', 2);
      await accounts.adopt(guestId, userId);
      expect(await hear(guestId, 'plus', 2, { status: 'ENDED' })).toEqual({ type: 'applied', userId });
      expect(await plan()).toBeUndefined();
      // A checkout that was under way.
      expect(await hear(guestId, 'pro', 1)).toEqual({ type: 'applied', userId });
      expect(await plan()).toBe('pro');
    });

    it('loses nothing that is told at the same time', async () => {
      await Promise.all([
        ...['a', 'b', 'c', 'd'].map((planId, hours) => hear(guestId, planId, hours)),
        accounts.adopt(guestId, userId),
      ]);
      expect(await plan()).toBe('a');
    });

    it('takes what an administrator gave the guest along, unless the account has something of its own', async () => {
      const subscriptions = new PostgresSubscriptionRepository(db);
      await subscriptions.set(guestId, 'plus', null);
      await accounts.adopt(guestId, userId);
      expect(await plan()).toBe('plus');
      const second = await accounts.createGuest('Guest');
      await subscriptions.set(second, 'pro', null);
      await accounts.adopt(second, userId);
      expect(await plan()).toBe('plus');
      await subscriptions.set(userId, 'plus', new Date(0));
      const third = await accounts.createGuest('Guest');
      await subscriptions.set(third, 'pro', null);
      await accounts.adopt(third, userId);
      expect(await plan()).toBe('pro');
    });
  });

  describe('adopt, of what the guest has used', () => {
    async function used(userId: string): Promise<object> {
      const figures = (await new PostgresUsageRepository(db).of([userId])).get(userId);
      const { messagesToday, tokensThisMonth, repliesAtOnce } = figures ?? {};
      return { messagesToday, tokensThisMonth, repliesAtOnce };
    }

    /** A reply of so many tokens. */
    async function replied(userId: string, tokens: number): Promise<void> {
      const sessions = new PostgresSessionRepository(db);
      const { id } = await chatOf(userId);
      await sessions.claim(id);
      const reply = { status: 'COMPLETE', content: 'x', reasoning: '', fromCache: false } as const;
      await sessions.finish(id, 1, { ...reply, inputTokens: 0, outputTokens: tokens }, 600);
    }

    it('counts for the account, what is being written once', async () => {
      const [userId, guestId] = [await created(), await accounts.createGuest('Guest')];
      await replied(userId, 10);
      await replied(guestId, 5);
      await chatOf(guestId);
      await accounts.adopt(guestId, userId);
      expect(await used(userId)).toEqual({ messagesToday: 3, tokensThisMonth: 1015, repliesAtOnce: 1 });
    });

    it('refuses the account’s next message where nothing is left, whatever the limit was', async () => {
      const [userId, guestId] = [await created(), await accounts.createGuest('Guest')];
      const limits = { ...NO_LIMITS, messagesPerDay: 1 };
      await chatOf(userId, { limits });
      await chatOf(guestId, { limits });
      await accounts.adopt(guestId, userId);
      expect(await used(userId)).toMatchObject({ messagesToday: 2 });
      await expect(chatOf(userId, { limits })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    });

    it.each([
      ['guest', { messagesToday: 1, tokensThisMonth: 10 }],
      ['account', { messagesToday: 1, tokensThisMonth: 5 }],
    ])('leaves out what the %s used the month before', async (who, expected) => {
      const [userId, guestId] = [await created(), await accounts.createGuest('Guest')];
      await replied(userId, 10);
      await replied(guestId, 5);
      await db.query(
        `UPDATE usage SET day = day - 40, month = (month - interval '1 month')::date WHERE "userId" = $1`,
        [who === 'guest' ? guestId : userId],
      );
      await accounts.adopt(guestId, userId);
      expect(await used(userId)).toMatchObject(expected);
    });
  });

  describe('removeGuests', () => {
    let guestId: string;

    beforeEach(async () => {
      await db.query('DELETE FROM users');
      guestId = await oldGuest();
    });

    /** A guest who came 40 days ago and signed in, with a chat and an API token of that time. */
    async function oldGuest(): Promise<string> {
      const id = await accounts.createGuest('Guest');
      await seen(id);
      const { id: sessionId } = await chatOf(id);
      const sessions = new PostgresSessionRepository(db);
      await sessions.claim(sessionId);
      await sessions.finish(
        sessionId,
        1,
        { status: 'STOPPED', content: '', reasoning: '', fromCache: false },
        600,
      );
      const token = {
        name: 'x',
        scopes: ['chat:read'] as const,
        expiresAt: null,
        tokenHash: hashOf(randomUUID()),
      };
      await new PostgresAccessRepository(db).addApiToken({ ...token, userId: id }, 1);
      for (const [table, column, key] of [
        ['users', 'createdAt', 'id'],
        ['sign_ins', 'createdAt', 'userId'],
        ['api_tokens', 'createdAt', 'userId'],
        ['chats', 'updatedAt', 'userId'],
      ])
        await db.query(`UPDATE ${table} SET "${column}" = now() - interval '40 days' WHERE "${key}" = $1`, [
          id,
        ]);
      return id;
    }

    it('deletes whoever has not come back, with all that hangs on them', async () => {
      expect(await accounts.removeGuests(41, 10)).toEqual([]);
      expect(await accounts.removeGuests(39, 10)).toEqual([guestId]);
      for (const table of ['users', 'chats', 'messages', 'chat_sessions', 'sign_ins', 'api_tokens', 'usage'])
        expect(await db.query(`SELECT FROM ${table}`)).toEqual([]);
    });

    it.each<[string, () => Promise<unknown>]>([
      ['has signed in since', () => seen(guestId)],
      [
        'has asked since',
        () => db.query('UPDATE chats SET "updatedAt" = now() WHERE "userId" = $1', [guestId]),
      ],
      ['has used a token since', () => db.query('UPDATE api_tokens SET "lastUsedAt" = now()')],
      ['is being answered', () => db.query(`UPDATE chat_sessions SET status = 'STREAMING'`)],
      ['is on a plan', () => new PostgresSubscriptionRepository(db).set(guestId, 'plus', null)],
      ['has an account', () => created({}, guestId)],
    ])('keeps whoever %s', async (_what, does) => {
      await does();
      expect(await accounts.removeGuests(39, 10)).toEqual([]);
    });

    it('deletes whoever was on a plan that is over', async () => {
      await new PostgresSubscriptionRepository(db).set(guestId, 'plus', new Date(0));
      expect(await accounts.removeGuests(39, 10)).toEqual([guestId]);
    });

    it('takes so many at once, and what another process has is left to it', async () => {
      for (let guests = 1; guests < 4; guests += 1) await oldGuest();
      const batches = await Promise.all([accounts.removeGuests(39, 2), accounts.removeGuests(39, 2)]);
      for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(2);
      batches.push(await accounts.removeGuests(39, 4));
      expect(new Set(batches.flat()).size).toBe(4);
      expect(batches.flat()).toHaveLength(4);
    });

    it('either keeps a guest who asks in this moment, or has them find nobody', async () => {
      const [{ id: chatId = '' } = {}] = await db.query<{ id: string }[]>('SELECT id FROM chats');
      const start = new PostgresSessionRepository(db).start(
        newSession(guestId),
        { type: 'end-of-branch', chatId },
        'I am back',
      );
      const [[started], removed] = await Promise.all([
        Promise.allSettled([start]),
        accounts.removeGuests(39, 10),
      ]);
      expect(removed).toEqual(started.status === 'fulfilled' ? [] : [guestId]);
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
