import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { NewSession, Place, ReplyOutcome, StartedSession } from '../chat/session-repository.js';
import type { QuotaName } from '../errors/app-error.js';
import type { Limits } from '../plans/plan.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresAttachmentRepository } from './postgres-attachment.repository.js';
import { PostgresChatRepository } from './postgres-chat.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { PostgresUsageRepository } from './postgres-usage.repository.js';
import { newSession, NO_LIMITS } from './testing/new-session.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

const TTL_SECONDS = 600;
const NEW_CHAT: Place = { type: 'new-chat', title: 'A chat' };
const DONE: ReplyOutcome = { status: 'COMPLETE', content: 'Hello', reasoning: '', fromCache: false };
const NOTHING = { messagesToday: 0, tokensThisMonth: 0, repliesAtOnce: 0 };

describe(PostgresUsageRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let sessions: PostgresSessionRepository;
  let chats: PostgresChatRepository;
  let userId: string;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    sessions = new PostgresSessionRepository(db);
    chats = new PostgresChatRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    userId = await new PostgresAccountRepository(db).createGuest('Guest');
  });

  function start(limits: Partial<Limits> = {}, overrides: Partial<NewSession> = {}, place: Place = NEW_CHAT) {
    return sessions.start(
      newSession(userId, { limits: { ...NO_LIMITS, ...limits }, ...overrides }),
      place,
      'Hi',
    );
  }

  /** A file of so many bytes that waits to be sent. */
  async function attached(mediaType: string, size: number): Promise<string> {
    const file = { name: 'file', mediaType, size, sha256: 'of its bytes', bytes: Buffer.alloc(size) };
    const { id } = (await new PostgresAttachmentRepository(db).add(userId, file, 10)) ?? {};
    if (id === undefined) throw new Error('too many');
    return id;
  }

  function finish({ session }: StartedSession, outcome: Partial<ReplyOutcome> = {}): Promise<boolean> {
    return sessions.finish(session.id, 1, { ...DONE, ...outcome }, TTL_SECONDS);
  }

  /** A reply that a worker has begun. */
  async function begun(limits: Partial<Limits> = {}): Promise<StartedSession> {
    const started = await start(limits);
    await sessions.claim(started.session.id);
    return started;
  }

  async function used(of = userId): Promise<typeof NOTHING> {
    const figures = (await new PostgresUsageRepository(db).of([of])).get(of);
    if (!figures) throw new Error('no figures');
    const { messagesToday, tokensThisMonth, repliesAtOnce } = figures;
    return { messagesToday, tokensThisMonth, repliesAtOnce };
  }

  async function rows(): Promise<number[]> {
    const count = (table: string) => db.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`);
    const counts = await Promise.all(['chats', 'messages', 'chat_sessions'].map(count));
    return counts.map(([row]) => row?.n ?? 0);
  }

  async function makeOverdue({ session }: StartedSession): Promise<void> {
    await db.query(`UPDATE chat_sessions SET "expiresAt" = now() WHERE id = $1`, [session.id]);
  }

  describe('of', () => {
    it('knows of somebody who has used nothing, and when days and months end', async () => {
      const figures = (await new PostgresUsageRepository(db).of([userId])).get(userId);
      expect(figures).toMatchObject(NOTHING);
      const { dayEnds, monthEnds } = figures ?? {};
      expect(dayEnds?.toISOString()).toMatch(/T00:00:00\.000Z$/);
      expect(monthEnds?.toISOString()).toMatch(/-01T00:00:00\.000Z$/);
      const [clock] = await db.query<{ inDay: boolean; inMonth: boolean }[]>(
        `SELECT now() < $1 AND $1 <= now() + interval '1 day' AS "inDay",
           now() < $2 AND $2 <= now() + interval '1 month' AS "inMonth"`,
        [dayEnds, monthEnds],
      );
      expect(clock).toEqual({ inDay: true, inMonth: true });
    });
  });

  describe('a start', () => {
    it('counts its message, its reply, and the tokens that it may need', async () => {
      await start();
      await start({}, { expectedTokens: 250 });
      expect(await used()).toEqual({ messagesToday: 2, tokensThisMonth: 1250, repliesAtOnce: 2 });
    });

    it('expects of a chat that goes on, and of a reply made anew, what the reply before came to', async () => {
      const first = await begun();
      await finish(first, { inputTokens: 40, outputTokens: 60 });
      const { chatId, assistantMessageId } = first.session;
      const second = await start({}, {}, { type: 'end-of-branch', chatId });
      expect((await used()).tokensThisMonth).toBe(100 + 1000 + 100);
      await sessions.claim(second.session.id);
      await finish(second, { fromCache: true });
      expect((await used()).tokensThisMonth).toBe(100);
      const place: Place = { type: 'after-message', chatId, parentId: assistantMessageId };
      const third = await start({}, {}, place);
      expect((await used()).tokensThisMonth).toBe(100 + 1000 + 100);
      await sessions.claim(third.session.id);
      await finish(third, { fromCache: true });
      await sessions.regenerate(newSession(userId), assistantMessageId);
      expect((await used()).tokensThisMonth).toBe(100 + 1000 + 100);
    });

    it('expects of a chat with a system prompt that it is sent, and counts none twice', async () => {
      const first = await start({}, {}, { ...NEW_CHAT, systemPrompt: 'x'.repeat(400) });
      await sessions.claim(first.session.id);
      await finish(first, { content: 'y'.repeat(80), fromCache: true });
      const { chatId } = first.session;
      const second = await start({}, {}, { type: 'end-of-branch', chatId });
      expect((await used()).tokensThisMonth).toBe(1000 + 20 + 100);
      await sessions.claim(second.session.id);
      await finish(second, { inputTokens: 140, outputTokens: 60 });
      const third = await start({}, {}, { type: 'after-message', chatId, parentId: null });
      expect((await used()).tokensThisMonth).toBe(200 + 1000 + 100);
      await sessions.claim(third.session.id);
      await finish(third, { fromCache: true });
      const parentId = second.session.assistantMessageId;
      await start({}, {}, { type: 'after-message', chatId, parentId });
      expect((await used()).tokensThisMonth).toBe(200 + 1000 + 200);
    });

    it.each<[string, (first: StartedSession) => Promise<unknown>]>([
      ['is made anew', ({ session }) => sessions.regenerate(newSession(userId), session.assistantMessageId)],
      [
        'answers its message anew',
        ({ session }) => sessions.regenerate(newSession(userId), session.userMessageId),
      ],
      [
        'goes on',
        async ({ session }) => {
          const reply = await chats.message(userId, session.assistantMessageId);
          return reply && sessions.continue(newSession(userId), reply);
        },
      ],
      ['stands beside', ({ session }) => sessions.compare(newSession(userId), session.assistantMessageId)],
      ['comes next', ({ session }) => start({}, {}, { type: 'end-of-branch', chatId: session.chatId })],
    ])('expects the files of a message again of the reply that %s', async (_which, again) => {
      const first = await sessions.start(newSession(userId), NEW_CHAT, 'Hi', [
        await attached('image/png', 5_000),
        await attached('text/plain', 401),
      ]);
      await sessions.claim(first.session.id);
      await finish(first, { status: 'FAILED', content: '' });
      await again(first);
      expect((await used()).tokensThisMonth).toBe(1000 + 1000 + 101);
    });

    it.each<[string, Partial<Limits>, QuotaName, RegExp | undefined]>([
      ['messages a day', { messagesPerDay: 1 }, 'messagesToday', /T00:00:00\.000Z$/],
      ['tokens a month', { tokensPerMonth: 1999 }, 'tokensThisMonth', /-01T00:00:00\.000Z$/],
      ['replies at once', { repliesAtOnce: 1 }, 'repliesAtOnce', undefined],
    ])(
      'is refused above its limit of %s, writes nothing and counts nothing',
      async (_what, limits, quota, resets) => {
        await start(limits);
        const before = [await rows(), await used()];
        await expect(start(limits)).rejects.toMatchObject({
          code: 'QUOTA_EXCEEDED',
          facts: { quota, ...(resets && { resetsAt: expect.stringMatching(resets) as unknown }) },
        });
        expect([await rows(), await used()]).toEqual(before);
      },
    );

    it('is refused where it is above a limit by itself', async () => {
      for (const limits of [{ messagesPerDay: 0 }, { tokensPerMonth: 999 }, { repliesAtOnce: 0 }])
        await expect(start(limits)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
      expect(await used()).toEqual(NOTHING);
    });

    it('goes through for exactly as many of fifty at once as the limit allows', async () => {
      const [, , before = 0] = await rows();
      const starts = await Promise.allSettled(
        Array.from({ length: 50 }, () => start({ messagesPerDay: 10 })),
      );
      const refused = starts.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(40);
      for (const each of refused) expect(each).toMatchObject({ reason: { code: 'QUOTA_EXCEEDED' } });
      expect((await rows())[2]).toBe(before + 10);
      expect(await used()).toEqual({ messagesToday: 10, tokensThisMonth: 10_000, repliesAtOnce: 10 });
    });

    it('goes through for one of ten at once that have one key, at a limit of one', async () => {
      const starts = await Promise.all(
        Array.from({ length: 10 }, () => start({ messagesPerDay: 1 }, { idempotencyKey: 'once' })),
      );
      expect(starts.filter(({ created }) => created)).toHaveLength(1);
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 1000, repliesAtOnce: 1 });
    });

    it('counts nothing where another reply is being written in the chat', async () => {
      const { session } = await start();
      const again = start({}, {}, { type: 'end-of-branch', chatId: session.chatId });
      await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
      expect((await used()).messagesToday).toBe(1);
    });

    it('does not wait for the sweep where the time of replies in its way is over', async () => {
      const first = await start({ repliesAtOnce: 1 });
      await makeOverdue(first);
      expect(await start({ repliesAtOnce: 1 })).toMatchObject({ created: true });
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 1000, repliesAtOnce: 1 });
    });

    it('is refused by a plan that has become smaller than what was used', async () => {
      for (let messages = 0; messages < 3; messages += 1) await start({ messagesPerDay: 5 });
      await expect(start({ messagesPerDay: 2 })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    });
  });

  describe('the end of a reply', () => {
    it.each<[string, Partial<ReplyOutcome>, Partial<typeof NOTHING>]>([
      ['books what the provider said', { inputTokens: 30, outputTokens: 12 }, { tokensThisMonth: 42 }],
      ['books what was reserved where nothing was said', {}, { tokensThisMonth: 1000 }],
      ['books the text where that is more', { content: 'x'.repeat(6000) }, { tokensThisMonth: 1500 }],
      ['books the text and its reasoning', { reasoning: 'x'.repeat(7995) }, { tokensThisMonth: 2000 }],
      [
        'books nothing for what came from the cache',
        { fromCache: true, inputTokens: 30, outputTokens: 12 },
        { tokensThisMonth: 0 },
      ],
      [
        'books what a stopped one had used',
        { status: 'STOPPED', inputTokens: 5, outputTokens: 2 },
        { tokensThisMonth: 7 },
      ],
      [
        'gives all back where it failed',
        { status: 'FAILED', errorCode: 'INTERNAL' },
        { messagesToday: 0, tokensThisMonth: 0 },
      ],
    ])('%s', async (_what, outcome, expected) => {
      const started = await begun();
      expect(await finish(started, outcome)).toBe(true);
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 0, repliesAtOnce: 0, ...expected });
    });

    it('is settled once, by the attempt that may still write', async () => {
      const started = await begun();
      await sessions.claim(started.session.id);
      expect(await finish(started, { inputTokens: 1, outputTokens: 1 })).toBe(false);
      expect((await used()).repliesAtOnce).toBe(1);
      const outcome = { ...DONE, inputTokens: 30, outputTokens: 12 };
      await sessions.finish(started.session.id, 2, outcome, TTL_SECONDS);
      await sessions.finish(started.session.id, 2, outcome, TTL_SECONDS);
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 42, repliesAtOnce: 0 });
    });

    it('is never refused, however far above the limit, and the next start is', async () => {
      const limits = { tokensPerMonth: 2000 };
      const started = await begun(limits);
      await finish(started, { inputTokens: 4000, outputTokens: 5000 });
      expect((await used()).tokensThisMonth).toBe(9000);
      await expect(start(limits)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    });

    it('is not come to when a worker hands its reply over', async () => {
      const { session } = await begun();
      await sessions.handOver(session.id, 1, DONE);
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 1000, repliesAtOnce: 1 });
    });

    it('comes for a session whose time is over, and gives all back', async () => {
      await makeOverdue(await start());
      await makeOverdue(await begun());
      await sessions.expireOverdue();
      expect(await used()).toEqual(NOTHING);
    });

    it('comes with the deletion of its chat: all is given back where nobody had begun', async () => {
      const { session } = await start();
      await chats.delete(userId, session.chatId);
      expect(await used()).toEqual(NOTHING);
    });

    it('comes with the deletion of its chat: what was reserved counts as used where a worker had begun', async () => {
      const { session } = await begun();
      await chats.delete(userId, session.chatId);
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 1000, repliesAtOnce: 0 });
    });

    it('leaves what was used when a chat is deleted later', async () => {
      const started = await begun();
      await finish(started, { inputTokens: 30, outputTokens: 12 });
      await chats.delete(userId, started.session.chatId);
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 42, repliesAtOnce: 0 });
    });

    it('counts where its chat has moved to', async () => {
      const guest = userId;
      const started = await begun();
      userId = await new PostgresAccountRepository(db).createGuest('Account');
      await db.query(`UPDATE chat_sessions SET "userId" = $2 WHERE "userId" = $1`, [guest, userId]);
      expect(await used(guest)).toEqual(NOTHING);
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 1000, repliesAtOnce: 1 });
      await finish(started, { inputTokens: 30, outputTokens: 12 });
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 42, repliesAtOnce: 0 });
    });

    it('changes nothing for a session that reserved nothing, as those of before did', async () => {
      const old = await begun();
      await db.query(`UPDATE chat_sessions SET "reservedTokens" = NULL WHERE id = $1`, [old.session.id]);
      await finish(old, { status: 'FAILED' });
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 1000, repliesAtOnce: 1 });
    });
  });

  describe('the turn of the day and of the month', () => {
    /** As if the user had last been here so many days ago (negative: to come). */
    async function turn(days: number): Promise<void> {
      await db.query(
        `UPDATE usage SET day = day - $2::int, month = date_trunc('month', month - $2::int)::date WHERE "userId" = $1`,
        [userId, days],
      );
      await db.query(
        `UPDATE chat_sessions SET "createdAt" = "createdAt" - make_interval(days => $2) WHERE "userId" = $1`,
        [userId, days],
      );
    }

    it('begin with all messages and tokens, and with the replies that are being written', async () => {
      await finish(await begun(), { inputTokens: 30, outputTokens: 12 });
      await start({ messagesPerDay: 2 });
      await turn(40);
      expect(await used()).toEqual({ messagesToday: 0, tokensThisMonth: 1000, repliesAtOnce: 1 });
      await start({ messagesPerDay: 1 });
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 2000, repliesAtOnce: 2 });
    });

    it('give nothing back of the day before, and book tokens in the month in which a reply ends', async () => {
      const [failing, ending] = [await begun(), await begun()];
      await turn(40);
      await start();
      await finish(failing, { status: 'FAILED' });
      expect((await used()).messagesToday).toBe(1);
      await finish(ending, { inputTokens: 30, outputTokens: 12 });
      expect(await used()).toEqual({ messagesToday: 1, tokensThisMonth: 1042, repliesAtOnce: 1 });
    });

    it('are not undone by a start that waited across them', async () => {
      await start();
      await turn(-40);
      await start({ messagesPerDay: 2 });
      await expect(start({ messagesPerDay: 2 })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
      const rows = await db.query<{ ahead: boolean }[]>(
        `SELECT day > now() AND month > now() AS ahead FROM usage WHERE "userId" = $1`,
        [userId],
      );
      expect(rows).toEqual([{ ahead: true }]);
    });
  });
});
