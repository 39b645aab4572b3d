import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ChatSession } from '../chat/chat-session.js';
import type { Place, NewSession, ReplyOutcome, StartedSession } from '../chat/session-repository.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresChatRepository } from './postgres-chat.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { newSession } from './testing/new-session.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

const TTL_SECONDS = 600;
const NEW_CHAT: Place = { type: 'new-chat', title: 'A chat' };
const DONE: ReplyOutcome = { status: 'COMPLETE', content: 'Hello', reasoning: '', fromCache: false };

describe(PostgresSessionRepository.name, () => {
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
    userId = await newUser();
  });

  function newUser(): Promise<string> {
    return new PostgresAccountRepository(db).createGuest('Guest');
  }

  function asking(overrides: Partial<NewSession> = {}): NewSession {
    return newSession(userId, { ttlSeconds: TTL_SECONDS, ...overrides });
  }

  /** A reply that has ended, and its chat. */
  async function answered(prompt = 'Hi'): Promise<StartedSession> {
    const started = await sessions.start(asking(), NEW_CHAT, prompt);
    await sessions.claim(started.session.id);
    await sessions.finish(started.session.id, 1, DONE, TTL_SECONDS);
    return started;
  }

  function endOf({ session }: StartedSession): Place {
    return { type: 'end-of-branch', chatId: session.chatId };
  }

  async function rowsOf(table: 'chats' | 'messages' | 'chat_sessions'): Promise<number> {
    const [row] = await db.query<{ rows: number }[]>(`SELECT count(*)::int AS rows FROM ${table}`);
    return row?.rows ?? 0;
  }

  async function untilSomebodyWaits(): Promise<void> {
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await db.query<unknown[]>(waiting)).length === 0);
  }

  async function makeOlder(
    sessionId: string,
    column: 'createdAt' | 'expiresAt',
    seconds: number,
  ): Promise<void> {
    await db.query(
      `UPDATE chat_sessions SET "${column}" = "${column}" - make_interval(secs => $2) WHERE id = $1`,
      [sessionId, seconds],
    );
  }

  describe('start', () => {
    it('says of a new chat what can be read of it afterwards', async () => {
      const started = await sessions.start(asking({ idempotencyKey: 'key' }), NEW_CHAT, 'Grüße');
      const { session, chat, userMessage, assistantMessage } = started;
      expect(await sessions.find(userId, session.id)).toEqual(session);
      expect(await chats.find(userId, session.chatId)).toEqual(chat);
      expect(await chats.message(userId, session.userMessageId)).toEqual(userMessage);
      expect(await chats.message(userId, session.assistantMessageId)).toEqual(assistantMessage);
      expect(started.created).toBe(true);
      expect(userMessage).toMatchObject({
        role: 'USER',
        content: 'Grüße',
        parentId: null,
        status: 'COMPLETE',
      });
      expect(assistantMessage).toMatchObject({ status: 'PENDING', parentId: session.userMessageId });
    });

    it('goes on at the end of the branch, and says what can be read of it afterwards', async () => {
      const first = await answered();
      const { session, chat, userMessage } = await sessions.start(asking(), endOf(first), 'And?');
      expect(userMessage?.parentId).toBe(first.session.assistantMessageId);
      expect(await chats.find(userId, session.chatId)).toEqual(chat);
      expect(await chats.message(userId, session.userMessageId)).toEqual(userMessage);
      const history = await chats.history(userId, session.chatId, 10);
      expect(history?.items.map(({ id }) => id)).toEqual([
        ...[first.session.userMessageId, first.session.assistantMessageId],
        ...[session.userMessageId, session.assistantMessageId],
      ]);
    });

    it('branches below an earlier message, and at the beginning', async () => {
      const { session } = await answered();
      const { chatId, userMessageId } = session;
      for (const parentId of [session.assistantMessageId, null]) {
        const place: Place = { type: 'after-message', chatId, parentId };
        const started = await sessions.start(asking(), place, 'Or?');
        expect(started.userMessage?.parentId).toBe(parentId);
        await sessions.claim(started.session.id);
        await sessions.finish(started.session.id, 1, DONE, TTL_SECONDS);
      }
      const siblings = await chats.siblings(userId, [userMessageId, session.assistantMessageId]);
      expect(siblings.get(userMessageId)).toHaveLength(2);
      expect(siblings.get(userMessageId)?.[0]).toBe(userMessageId);
      expect(siblings.get(session.assistantMessageId)).toEqual([session.assistantMessageId]);
    });

    it.each<[string, (own: StartedSession, other: StartedSession) => Place]>([
      ['a chat of nobody', () => ({ type: 'end-of-branch', chatId: randomUUID() })],
      ['an id that is none', () => ({ type: 'end-of-branch', chatId: 'nope' })],
      ["somebody else's chat", (_, other) => endOf(other)],
      [
        'a message of another chat',
        ({ session: { chatId } }, { session }) => ({
          ...{ type: 'after-message', chatId, parentId: session.userMessageId },
        }),
      ],
      [
        'a message id that is none',
        ({ session: { chatId } }) => ({ type: 'after-message', chatId, parentId: 'nope' }),
      ],
    ])('finds no place in %s, and writes nothing', async (_what, placeOf) => {
      const other = await answered();
      userId = await newUser();
      const place = placeOf(await answered(), other);
      const messages = await rowsOf('messages');
      await expect(sessions.start(asking(), place, 'Hi')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await rowsOf('messages')).toBe(messages);
    });

    it('makes one session of one key, sent ten times at once', async () => {
      const [chatsBefore, messages] = [await rowsOf('chats'), await rowsOf('messages')];
      const started = await Promise.all(
        Array.from({ length: 10 }, () => sessions.start(asking({ idempotencyKey: 'once' }), NEW_CHAT, 'Hi')),
      );
      expect(new Set(started.map(({ session }) => session.id)).size).toBe(1);
      expect(started.filter(({ created }) => created)).toHaveLength(1);
      expect([await rowsOf('chats'), await rowsOf('messages')]).toEqual([chatsBefore + 1, messages + 2]);
    });

    it('makes one session of one key in a chat that is there, sent ten times at once', async () => {
      const place = endOf(await answered());
      const started = await Promise.all(
        Array.from({ length: 10 }, () => sessions.start(asking({ idempotencyKey: 'again' }), place, 'Hi')),
      );
      expect(new Set(started.map(({ session }) => session.id)).size).toBe(1);
    });

    it('frees a key after a day, and keeps those of users apart', async () => {
      const first = await sessions.start(asking({ idempotencyKey: 'daily' }), NEW_CHAT, 'Hi');
      await makeOlder(first.session.id, 'createdAt', 86_401);
      const second = await sessions.start(asking({ idempotencyKey: 'daily' }), NEW_CHAT, 'Hi');
      expect(second).toMatchObject({ created: true });
      expect(second.session.id).not.toBe(first.session.id);
      userId = await newUser();
      expect(await sessions.start(asking({ idempotencyKey: 'daily' }), NEW_CHAT, 'Hi')).toMatchObject({
        created: true,
      });
    });

    it('refuses a second reply while one is written, of ten at once all but one', async () => {
      const place = endOf(await answered());
      const starts = await Promise.allSettled(
        Array.from({ length: 10 }, () => sessions.start(asking(), place, 'Hi')),
      );
      const refused = starts.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(9);
      for (const start of refused) expect(start).toMatchObject({ reason: { code: 'CONFLICT' } });
    });

    it('makes room where nobody finished the reply before in time', async () => {
      const first = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await makeOlder(first.session.id, 'expiresAt', TTL_SECONDS);
      expect(await sessions.start(asking(), endOf(first), 'Hi?')).toMatchObject({ created: true });
      expect(await chats.message(userId, first.session.assistantMessageId)).toMatchObject({
        ...{ status: 'FAILED', errorCode: 'SESSION_EXPIRED' },
      });
    });
  });

  describe('regenerate', () => {
    it('answers the user message anew, given it or the reply to it', async () => {
      const first = await answered();
      for (const messageId of [first.session.userMessageId, first.session.assistantMessageId]) {
        const { session, chat } = await sessions.regenerate(asking(), messageId);
        expect(session.userMessageId).toBe(first.session.userMessageId);
        expect(await chats.find(userId, session.chatId)).toEqual(chat);
        await sessions.claim(session.id);
        await sessions.finish(session.id, 1, DONE, TTL_SECONDS);
      }
      const { assistantMessageId } = first.session;
      expect((await chats.siblings(userId, [assistantMessageId])).get(assistantMessageId)).toHaveLength(3);
    });

    it('finds no message of somebody else, and none of an id that is none', async () => {
      const { session } = await answered();
      userId = await newUser();
      for (const messageId of [session.userMessageId, 'nope']) {
        await expect(sessions.regenerate(asking(), messageId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    });
  });

  describe('compare', () => {
    /** A reply that is being written, and a companion beside it. */
    async function compared(): Promise<[StartedSession, StartedSession]> {
      const first = await sessions.start(asking(), NEW_CHAT, 'Hi');
      return [first, await sessions.compare(asking({ modelId: 'test/other' }), first.session.userMessageId)];
    }

    it('answers the same message beside the reply that is being written, and leaves the chat where it is', async () => {
      const [first, second] = await compared();
      const { chatId, userMessageId, assistantMessageId } = first.session;
      expect(await sessions.find(userId, second.session.id)).toEqual(second.session);
      expect(second.session).toMatchObject({ companion: true, userMessageId, modelId: 'test/other' });
      expect(await chats.find(userId, chatId)).toMatchObject({
        ...{ modelId: 'test/model', companionMessageId: second.session.assistantMessageId },
      });
      expect((await chats.history(userId, chatId, 10))?.items.at(-1)?.id).toBe(assistantMessageId);
      expect((await sessions.active([chatId])).map(({ id }) => id).toSorted()).toEqual(
        [first.session.id, second.session.id].toSorted(),
      );
      const claims = [await sessions.claim(first.session.id), await sessions.claim(second.session.id)];
      expect(claims[1]?.branch).toEqual(claims[0]?.branch);
      expect(claims.map((claim) => claim?.untitled)).toEqual([true, false]);
    });

    it('refuses a second companion, of ten at once all but one, and lets a key lead to the first', async () => {
      const { session } = await answered();
      const starts = await Promise.allSettled(
        Array.from({ length: 10 }, () => sessions.compare(asking(), session.userMessageId)),
      );
      const refused = starts.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(9);
      for (const start of refused) expect(start).toMatchObject({ reason: { code: 'CONFLICT' } });

      const other = await answered();
      const twice = await Promise.all(
        ['key', 'key'].map((idempotencyKey) =>
          sessions.compare(asking({ idempotencyKey }), other.session.assistantMessageId),
        ),
      );
      expect(new Set(twice.map(({ session: { id } }) => id)).size).toBe(1);
    });

    it('ends with neither the reply beside it nor its time', async () => {
      const [first, second] = await compared();
      await sessions.claim(first.session.id);
      await sessions.finish(first.session.id, 1, DONE, TTL_SECONDS);
      expect((await sessions.active([first.session.chatId])).map(({ id }) => id)).toEqual([
        second.session.id,
      ]);
      await makeOlder(second.session.id, 'expiresAt', TTL_SECONDS);
      expect(
        await sessions.compare(asking(), first.session.userMessageId),
        // Nobody finished the other one in time.
      ).toMatchObject({ created: true });
      expect(await chats.message(userId, second.session.assistantMessageId)).toMatchObject({
        ...{ status: 'FAILED', errorCode: 'SESSION_EXPIRED' },
      });
    });

    it('stands until one of the two is chosen or the next message is sent, and when its neighbour is written anew', async () => {
      const [first, second] = await compared();
      const companion = async () =>
        (await chats.find(userId, first.session.chatId))?.companionMessageId ?? 'none';
      const ended = async ({ session }: StartedSession) => {
        await sessions.claim(session.id);
        await sessions.finish(session.id, 1, DONE, TTL_SECONDS);
      };
      await ended(first);
      await ended(second);
      await ended(await sessions.regenerate(asking(), first.session.assistantMessageId));
      expect(await companion()).toBe(second.session.assistantMessageId);

      await chats.selectMessage(userId, second.session.assistantMessageId);
      expect(await companion()).toBe('none');
      expect((await chats.history(userId, first.session.chatId, 10))?.items.at(-1)?.id).toBe(
        second.session.assistantMessageId,
      );

      await ended(await sessions.compare(asking(), first.session.userMessageId));
      await sessions.start(asking(), endOf(first), 'And?');
      expect(await companion()).toBe('none');
    });

    it('is counted as a message and a reply of its own, and refused where there is room for one alone', async () => {
      const limits = { messagesPerDay: 10, tokensPerMonth: null, repliesAtOnce: 1 };
      const { session } = await sessions.start(asking({ limits }), NEW_CHAT, 'Hi');
      const messages = await rowsOf('messages');
      await expect(sessions.compare(asking({ limits }), session.userMessageId)).rejects.toMatchObject({
        code: 'QUOTA_EXCEEDED',
      });
      expect(await rowsOf('messages')).toBe(messages);
      expect((await chats.find(userId, session.chatId))?.companionMessageId).toBeNull();
    });

    it('is told of when its chat is deleted', async () => {
      const [first, second] = await compared();
      expect((await chats.delete(userId, first.session.chatId))?.toSorted()).toEqual(
        [first.session.id, second.session.id].toSorted(),
      );
    });

    it('finds no message of somebody else, and none of an id that is none', async () => {
      const { session } = await answered();
      userId = await newUser();
      for (const messageId of [session.userMessageId, 'nope']) {
        await expect(sessions.compare(asking(), messageId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    });
  });

  describe('continue', () => {
    it('makes another version that begins with the same text, however often it is begun', async () => {
      const first = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(first.session.id);
      const kept = { content: 'Hel', reasoning: 'Polite' };
      await sessions.finish(first.session.id, 1, { ...DONE, ...kept, status: 'STOPPED' }, TTL_SECONDS);
      const stopped = (await chats.message(userId, first.session.assistantMessageId))!;

      const { session, assistantMessage } = await sessions.continue(asking(), stopped);
      expect(assistantMessage).toMatchObject({ ...kept, status: 'PENDING', parentId: stopped.parentId });
      expect(await chats.message(userId, session.assistantMessageId)).toEqual(assistantMessage);
      expect((await chats.siblings(userId, [stopped.id])).get(stopped.id)).toEqual([
        stopped.id,
        session.assistantMessageId,
      ]);
      expect(await sessions.claim(session.id)).toMatchObject({ continued: kept, savedContent: 'Hel' });
      await sessions.savePartial(
        { sessionId: session.id, attempt: 1 },
        { content: 'Hello', reasoning: 'Polite' },
      );
      expect(await sessions.claim(session.id)).toMatchObject({ continued: kept, savedContent: 'Hello' });
    });

    it('finds no message of somebody else', async () => {
      const { session } = await answered();
      const message = (await chats.message(userId, session.assistantMessageId))!;
      userId = await newUser();
      await expect(sessions.continue(asking(), message)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  describe('claim', () => {
    it('begins the next attempt, with the branch to be answered', async () => {
      const first = await answered('One');
      const { session } = await sessions.start(asking(), endOf(first), 'Two');
      expect(await sessions.claim(session.id)).toMatchObject({
        ...{ attempt: 1, failedAttempts: 0, userId, planId: null, isAdmin: false, savedContent: '' },
        branch: [
          { role: 'USER', content: 'One' },
          { role: 'ASSISTANT', content: 'Hello' },
          { role: 'USER', content: 'Two' },
        ],
      });
      expect((await chats.message(userId, session.assistantMessageId))?.status).toBe('STREAMING');
    });

    it('counts attempts that failed apart from those that were handed over, and gives what they saved', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      await sessions.handOver(session.id, 1, { content: 'half', reasoning: 'why' });
      await sessions.claim(session.id);
      expect(await sessions.claim(session.id)).toMatchObject({
        ...{ attempt: 3, failedAttempts: 1, savedContent: 'half', savedReasoning: 'why' },
      });
    });

    it('finds nothing to do where the reply has ended or its time is over', async () => {
      const ended = await answered();
      expect(await sessions.claim(ended.session.id)).toBeUndefined();
      const late = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await makeOlder(late.session.id, 'expiresAt', TTL_SECONDS);
      expect(await sessions.claim(late.session.id)).toBeUndefined();
    });
  });

  describe('renew', () => {
    it('says of each session how it went, in their order', async () => {
      const [running, stopped, overtaken] = await Promise.all(
        ['a', 'b', 'c'].map(() => sessions.start(asking(), NEW_CHAT, 'Hi')),
      ).then((all) => all.map(({ session }) => session.id));
      for (const id of [running, stopped, overtaken, overtaken]) await sessions.claim(id ?? '');
      await sessions.requestStop(userId, stopped ?? '');
      const held = [overtaken, running, randomUUID(), stopped].map((sessionId = '') => ({
        sessionId,
        attempt: 1,
      }));
      expect(await sessions.renew(held, TTL_SECONDS)).toEqual(['lost', 'renewed', 'lost', 'stop-requested']);
    });

    it('keeps a session alive, whose worker would else be taken for dead', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      await makeOlder(session.id, 'expiresAt', 20);
      expect(await sessions.unattended(15, TTL_SECONDS)).toContain(session.id);
      await sessions.renew([{ sessionId: session.id, attempt: 1 }], TTL_SECONDS);
      expect(await sessions.unattended(15, TTL_SECONDS)).not.toContain(session.id);
      expect(await sessions.unattended(0, TTL_SECONDS)).toContain(session.id);
    });

    it('keeps a session alive whose time is shorter than a few seconds', async () => {
      const { session } = await sessions.start(asking({ ttlSeconds: 2 }), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      await makeOlder(session.id, 'expiresAt', 1.5);
      await sessions.renew([{ sessionId: session.id, attempt: 1 }], 2);
      const renewed = await sessions.find(userId, session.id);
      expect(Number(renewed?.expiresAt)).toBeGreaterThanOrEqual(Number(session.expiresAt));
    });
  });

  describe('savePartial', () => {
    it('saves what has arrived, for the newest attempt alone', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      await sessions.claim(session.id);
      await sessions.savePartial({ sessionId: session.id, attempt: 2 }, { content: 'new', reasoning: '' });
      await sessions.savePartial({ sessionId: session.id, attempt: 1 }, { content: 'old', reasoning: 'old' });
      expect(await chats.message(userId, session.assistantMessageId)).toMatchObject({
        ...{ content: 'new', reasoning: null },
      });
    });

    it('is refused where it waited while the reply was finished', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      const other = db.createQueryRunner();
      await other.startTransaction();
      await other.query(`UPDATE chat_sessions SET status = 'COMPLETE' WHERE id = $1`, [session.id]);
      const late = sessions.savePartial(
        { sessionId: session.id, attempt: 1 },
        { content: 'late', reasoning: '' },
      );
      await untilSomebodyWaits();
      await other.query(`UPDATE messages SET content = 'whole' WHERE id = $1`, [session.assistantMessageId]);
      await other.commitTransaction();
      await other.release();
      await late;
      expect((await chats.message(userId, session.assistantMessageId))?.content).toBe('whole');
    });
  });

  describe('finish', () => {
    it('ends the session and saves the reply, for the newest attempt alone, and once', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      await sessions.claim(session.id);
      expect(await sessions.finish(session.id, 1, DONE, TTL_SECONDS)).toBe(false);
      expect(
        await sessions.finish(session.id, 2, { ...DONE, inputTokens: 1, outputTokens: 2 }, TTL_SECONDS),
      ).toBe(true);
      expect(await sessions.finish(session.id, 2, DONE, TTL_SECONDS)).toBe(false);
      expect(await sessions.saved(session.id)).toMatchObject({
        attempt: 2,
        message: { status: 'COMPLETE', content: 'Hello', reasoning: null, inputTokens: 1, outputTokens: 2 },
      });
    });
  });

  describe('keepStopped', () => {
    const told = { content: 'Said so far', reasoning: 'Thought' };

    it('saves what was told of a reply whose chat was deleted, for when that is restored', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      await chats.delete(userId, session.chatId);
      await sessions.keepStopped(session.assistantMessageId, told);
      await sessions.keepStopped(session.assistantMessageId, { content: 'Said', reasoning: '' });
      await chats.restore(userId, session.chatId);
      expect(await chats.message(userId, session.assistantMessageId)).toMatchObject({
        status: 'STOPPED',
        ...told,
      });
    });

    it('changes no reply that has a session, whatever became of it', async () => {
      const running = await sessions.start(asking(), NEW_CHAT, 'Hi');
      for (const { session } of [running, await answered()]) {
        const before = await chats.message(userId, session.assistantMessageId);
        await sessions.keepStopped(session.assistantMessageId, told);
        expect(await chats.message(userId, session.assistantMessageId)).toEqual(before);
      }
      const { id, assistantMessageId } = running.session;
      await sessions.claim(id);
      await sessions.finish(id, 1, { ...DONE, status: 'STOPPED', content: '' }, TTL_SECONDS);
      await sessions.keepStopped(assistantMessageId, told);
      expect(await chats.message(userId, assistantMessageId)).toMatchObject({ content: '' });
    });
  });

  describe('what waits for a row', () => {
    /** Has taken `rows` where `waiter` begins, and takes `more` once that waits. */
    async function whileHeld(rows: string, waiter: () => Promise<unknown>, more: string): Promise<void> {
      const other = db.createQueryRunner();
      await other.startTransaction();
      await other.query(`SELECT FROM ${rows} FOR NO KEY UPDATE`);
      const waiting = waiter();
      await untilSomebodyWaits();
      await other.query(`SELECT FROM ${more} FOR NO KEY UPDATE`);
      await other.commitTransaction();
      await other.release();
      await waiting;
    }

    const chatRow = ({ chatId }: ChatSession) => `chats WHERE id = '${chatId}'`;
    const sessionRow = ({ id }: ChatSession) => `chat_sessions WHERE id = '${id}'`;
    const replyRow = ({ assistantMessageId }: ChatSession) => `messages WHERE id = '${assistantMessageId}'`;

    it('is the end of a reply for the start of the next one: it does not hold the session meanwhile', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await sessions.claim(session.id);
      const finish = () => sessions.finish(session.id, 1, DONE, TTL_SECONDS);
      await whileHeld(chatRow(session), finish, sessionRow(session));
      expect(await sessions.saved(session.id)).toMatchObject({ message: { content: 'Hello' } });
    });

    it('is the deletion of a chat for whoever writes in it: it does not hold the messages meanwhile', async () => {
      const { session } = await sessions.start(asking(), NEW_CHAT, 'Hi');
      const deletion = () => chats.delete(userId, session.chatId);
      await whileHeld(sessionRow(session), deletion, replyRow(session));
      expect(await chats.find(userId, session.chatId)).toBeUndefined();
    });
  });

  describe('expireOverdue', () => {
    it('ends what nobody finished in time, and nothing else', async () => {
      const late = await sessions.start(asking(), NEW_CHAT, 'Hi');
      const inTime = await sessions.start(asking(), NEW_CHAT, 'Hi');
      await makeOlder(late.session.id, 'expiresAt', TTL_SECONDS);
      const expired = (await sessions.expireOverdue()).map(({ id }) => id);
      expect(expired).toContain(late.session.id);
      expect(expired).not.toContain(inTime.session.id);
      expect(await sessions.active([late.session.chatId, inTime.session.chatId])).toEqual([inTime.session]);
    });
  });
});
