import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { hashOf } from '../accounts/secret.js';
import type { Access } from '../accounts/viewer.js';
import type { StreamKey } from '../chat/stream-repository.js';
import { PostgresAccessRepository } from './postgres-access.repository.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresStreamRepository } from './postgres-stream.repository.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

describe(PostgresStreamRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let accesses: PostgresAccessRepository;
  let streams: PostgresStreamRepository;
  let userId: string;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    accesses = new PostgresAccessRepository(db);
    streams = new PostgresStreamRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    userId = await new PostgresAccountRepository(db).createGuest('Guest');
  });

  async function signIn(ttlSeconds = 60): Promise<Access> {
    const hash = hashOf(randomUUID());
    await accesses.addSignIn(userId, hash, ttlSeconds);
    return { type: 'sign-in', id: hash.toString('hex') };
  }

  async function token(expiresAt: Date | null = null): Promise<Access> {
    const [tokenHash, scopes] = [hashOf(randomUUID()), ['chat:read'] as const];
    const added = await accesses.addApiToken({ userId, name: 'x', scopes, expiresAt, tokenHash }, 50);
    return { type: 'api-token', id: added?.id ?? '', scopes };
  }

  /** A session whose time is over in so many seconds. */
  async function session(expiresInSeconds = 600): Promise<string> {
    const [row] = await db.query<[{ id: string }]>(
      `WITH chat AS (INSERT INTO chats ("userId", title) VALUES ($1, 'A chat') RETURNING id),
         question AS (INSERT INTO messages ("chatId", role, status) SELECT id, 'USER', 'COMPLETE' FROM chat RETURNING id),
         reply AS (INSERT INTO messages ("chatId", role, status) SELECT id, 'ASSISTANT', 'PENDING' FROM chat RETURNING id)
       INSERT INTO chat_sessions ("userId", "chatId", "userMessageId", "assistantMessageId", "modelId", status,
         "cachePolicy", "expiresAt")
       SELECT $1, chat.id, question.id, reply.id, 'test/model', 'PENDING', 'USE', now() + make_interval(secs => $2)
       FROM chat, question, reply RETURNING id`,
      [userId, expiresInSeconds],
    );
    return row.id;
  }

  /** Why each of them must end. */
  async function ends(...keys: StreamKey[]): Promise<(string | undefined)[]> {
    const ended = await streams.ended(keys);
    return keys.map((_, place) => ended.find(({ index }) => index === place)?.end);
  }

  it('lets streams be whose access and session hold', async () => {
    const sessionId = await session();
    expect(
      await ends(
        { access: await signIn(), sessionId },
        { access: await token(), sessionId },
        { access: await token(new Date(Date.now() + 60_000)), sessionId },
      ),
    ).toEqual([undefined, undefined, undefined]);
  });

  it('finds the sign-ins and tokens that are gone or over, among others', async () => {
    const sessionId = await session();
    const [gone, revoked] = [await signIn(), await token()];
    await accesses.removeSignIn(Buffer.from(gone.id, 'hex'));
    await accesses.removeApiToken(userId, revoked.id);
    const all = [gone, await signIn(), await signIn(0), revoked, await token(), await token(new Date(0))];
    expect(await ends(...all.map((access) => ({ access, sessionId })))).toEqual([
      ...['access-over', undefined, 'access-over'],
      ...['access-over', undefined, 'access-over'],
    ]);
  });

  it('finds sessions that have been over for a while, and those that are gone', async () => {
    const access = await signIn();
    const sessionIds = [await session(), await session(-5), await session(-15), randomUUID()];
    expect(await ends(...sessionIds.map((sessionId) => ({ access, sessionId })))).toEqual([
      ...[undefined, undefined, 'session-over', 'session-gone'],
    ]);
  });

  it('looks each one up by its key, however many there are', async () => {
    const key = { access: await signIn(), sessionId: await session() };
    const many = Array.from({ length: 5_000 }, () => key);
    expect(await streams.ended([...many, { ...key, access: await signIn(0) }])).toEqual([
      { index: 5_000, end: 'access-over' },
    ]);
  });
});
