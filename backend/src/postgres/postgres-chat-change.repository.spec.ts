import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ChatRevision } from '../chat/chat-changes.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresChatChangeRepository } from './postgres-chat-change.repository.js';
import { PostgresChatRepository } from './postgres-chat.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { newSession } from './testing/new-session.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

describe(PostgresChatChangeRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let chats: PostgresChatRepository;
  let changes: PostgresChatChangeRepository;
  let userId: string;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    chats = new PostgresChatRepository(db);
    changes = new PostgresChatChangeRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    userId = await new PostgresAccountRepository(db).createGuest('Guest');
  });

  async function newChat(title: string): Promise<string> {
    const sessions = new PostgresSessionRepository(db);
    const { session } = await sessions.start(newSession(userId), { type: 'new-chat', title }, 'Hi');
    return session.chatId;
  }
  const now = async () => (await changes.since([{ userId }])).knownUpTo;
  async function since(after: bigint, follower = userId): Promise<string[]> {
    const found = await changes.since([{ userId: follower, after }]);
    return (found.changes[0] ?? []).map(named);
  }
  const named = (change: ChatRevision) =>
    change.type === 'changed' ? change.chat.title : `deleted ${change.chatId}`;

  it('knows nothing to tell who knows nothing', async () => {
    await newChat('old');
    const { changes: found, at } = await changes.since([{ userId }, { userId }]);
    expect(found).toEqual([[], []]);
    expect(Math.abs(at - Date.now() / 1000)).toBeLessThan(3_600);
  });

  it('finds what is new, renamed, deleted and restored since, and nothing else', async () => {
    const [first, second] = [await newChat('first'), await newChat('second')];
    await newChat('untouched');
    const before = await now();
    await chats.change(userId, first, { title: 'first, renamed' });
    await newChat('third');
    await chats.delete(userId, second);
    expect(await since(before)).toEqual(['first, renamed', 'third', `deleted ${second}`]);

    const later = await now();
    await chats.restore(userId, second);
    expect(await since(later)).toEqual(['second']);
    expect(await since(await now())).toEqual([]);
  });

  it('tells each follower of their own', async () => {
    const stranger = await new PostgresAccountRepository(db).createGuest('Guest');
    const before = await now();
    await newChat('mine');
    const found = await changes.since([
      { userId: stranger, after: before },
      { userId, after: before },
    ]);
    expect(found.changes.map((of) => of.map(named))).toEqual([[], ['mine']]);
  });

  it('misses nothing of a transaction that was begun before and committed after others', async () => {
    const [slow, quick] = [await newChat('slow'), await newChat('quick')];
    const before = await now();
    const transaction = db.createQueryRunner();
    await transaction.startTransaction();
    await transaction.query(`UPDATE chats SET title = 'slow, renamed' WHERE id = $1`, [slow]);
    await chats.change(userId, quick, { title: 'quick, renamed' });
    const meanwhile = await changes.since([{ userId, after: before }]);
    expect((meanwhile.changes[0] ?? []).map(named)).toEqual(['quick, renamed']);

    await transaction.commitTransaction();
    await transaction.release();
    expect(await since(meanwhile.knownUpTo)).toContain('slow, renamed');
  });
});
