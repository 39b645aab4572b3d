import 'reflect-metadata';
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { Attachment } from '../chat/attachment.js';
import type { Place, StartedSession } from '../chat/session-repository.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresAttachmentRepository } from './postgres-attachment.repository.js';
import { PostgresChatRepository } from './postgres-chat.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { newSession } from './testing/new-session.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

const NEW_CHAT: Place = { type: 'new-chat', title: 'A chat' };

describe(PostgresAttachmentRepository.name, () => {
  let database: TestDatabase;
  let db: DataSource;
  let accounts: PostgresAccountRepository;
  let attachments: PostgresAttachmentRepository;
  let chats: PostgresChatRepository;
  let sessions: PostgresSessionRepository;
  let userId: string;

  beforeAll(async () => {
    database = await startTestDatabase();
    ({ db } = database);
    accounts = new PostgresAccountRepository(db);
    attachments = new PostgresAttachmentRepository(db);
    chats = new PostgresChatRepository(db);
    sessions = new PostgresSessionRepository(db);
  }, 60_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    await db.query('DELETE FROM users');
    userId = await accounts.createGuest('Guest');
  });

  function fileOf(text: string) {
    const bytes = Buffer.from(text);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { name: `${text}.txt`, mediaType: 'text/plain', size: bytes.length, sha256, bytes };
  }

  async function added(text: string, owner = userId): Promise<Attachment> {
    const attachment = await attachments.add(owner, fileOf(text), 1000);
    if (!attachment) throw new Error('too many');
    return attachment;
  }

  function sent(attached: readonly Attachment[], place = NEW_CHAT): Promise<StartedSession> {
    const ids = attached.map(({ id }) => id);
    return sessions.start(newSession(userId), place, 'Look at this', ids);
  }

  async function ended({ session }: StartedSession): Promise<void> {
    await sessions.claim(session.id);
    const reply = { content: 'Seen', reasoning: '', fromCache: false } as const;
    await sessions.finish(session.id, 1, { ...reply, status: 'COMPLETE' }, 600);
  }

  async function makeOlder(): Promise<void> {
    await db.query(`UPDATE attachments SET "createdAt" = "createdAt" - interval '25 hours'`);
  }

  async function left(): Promise<string[]> {
    return (await db.query<{ name: string }[]>('SELECT name FROM attachments ORDER BY name')).map(
      ({ name }) => name,
    );
  }

  describe('add', () => {
    it('keeps a file for its user, and nobody else', async () => {
      const attachment = await added('one');
      const { bytes, ...facts } = fileOf('one');
      expect(attachment).toEqual({ id: attachment.id, ...facts });
      expect(await attachments.file(userId, attachment.id)).toEqual({ ...attachment, bytes });
      expect(await attachments.findAll(userId, [attachment.id, randomUUID(), 'nope'])).toEqual([attachment]);
      const other = await accounts.createGuest('Guest');
      expect(await attachments.file(other, attachment.id)).toBeUndefined();
      expect(await attachments.findAll(other, [attachment.id])).toEqual([]);
    });

    it('takes no more than so many that were not sent, of ten at once neither', async () => {
      await sent([await added('sent'), await added('sent as well')]);
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, i) => attachments.add(userId, fileOf(`${i}`), 3)),
      );
      expect(all.filter(Boolean)).toHaveLength(3);
      expect(await attachments.add(await accounts.createGuest('Guest'), fileOf('x'), 3)).toBeDefined();
    });
  });

  describe('ofMessages', () => {
    it('knows what a message was sent with, in order', async () => {
      const [a, b] = [await added('a'), await added('b')];
      const { session } = await sent([b, a]);
      const { userMessageId, assistantMessageId } = session;
      expect(await attachments.ofMessages(userId, [userMessageId, assistantMessageId])).toEqual(
        new Map([[userMessageId, [b, a]]]),
      );
      expect(await attachments.ofMessages(randomUUID(), [userMessageId])).toEqual(new Map());
      expect(await sessions.claim(session.id)).toMatchObject({
        branch: [{ role: 'USER', content: 'Look at this', attachments: [b, a] }],
      });
      expect(await attachments.contents([a.id])).toEqual(new Map([[a.id, Buffer.from('a')]]));
    });

    it.each<[string, (first: StartedSession) => Place]>([
      ['at the end of the branch', ({ session }) => ({ type: 'end-of-branch', chatId: session.chatId })],
      [
        'in its next version',
        ({ session }) => ({ type: 'after-message', chatId: session.chatId, parentId: null }),
      ],
    ])('lets a file be sent again %s', async (_what, placeOf) => {
      const a = await added('a');
      const first = await sent([a]);
      await ended(first);
      const again = await sent([a, await added('b')], placeOf(first));
      const ids = [first.session.userMessageId, again.session.userMessageId];
      const names = Array.from(await attachments.ofMessages(userId, ids), ([id, those]) => [
        id,
        those.map(({ name }) => name),
      ]);
      expect(Object.fromEntries(names)).toEqual({
        [ids[0] ?? '']: ['a.txt'],
        [ids[1] ?? '']: ['a.txt', 'b.txt'],
      });
    });

    it('gives no message what is somebody else’s', async () => {
      const other = await accounts.createGuest('Guest');
      const files = [await added('own'), await added('other', other)];
      await expect(sent(files)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await db.query('SELECT FROM messages')).toEqual([]);
      expect(await db.query('SELECT FROM usage')).toEqual([]);
    });

    it('knows them in a fork as well', async () => {
      const [a, b] = [await added('a'), await added('b')];
      const first = await sent([b, a]);
      await ended(first);
      const fork = await chats.fork(userId, first.session.assistantMessageId, 'Fork');
      const history = await chats.history(userId, fork?.id ?? '', 10);
      const copy = history?.items[0]?.id ?? '';
      expect(await attachments.ofMessages(userId, [copy])).toEqual(new Map([[copy, [b, a]]]));
    });

    it('goes on knowing them when a guest becomes an account that is there', async () => {
      const a = await added('a');
      const { session } = await sent([a]);
      const account = await accounts.createGuest('Ada');
      await accounts.adopt(userId, account);
      expect(await attachments.ofMessages(account, [session.userMessageId])).toEqual(
        new Map([[session.userMessageId, [a]]]),
      );
      expect((await attachments.file(account, a.id))?.bytes).toEqual(Buffer.from('a'));
    });
  });

  describe('removeUnused', () => {
    it('removes what nobody has sent for a day, and nothing that was', async () => {
      await sent([await added('sent')]);
      await added('forgotten');
      await makeOlder();
      await added('waiting');
      expect(await attachments.removeUnused(24, 100)).toBe(1);
      expect(await left()).toEqual(['sent.txt', 'waiting.txt']);
    });

    it('removes what went with its last message, whenever it came', async () => {
      const [one, both] = [await added('of one'), await added('of both')];
      const first = await sent([one, both]);
      await ended(first);
      await chats.fork(userId, first.session.userMessageId, 'Fork');
      await chats.delete(userId, first.session.chatId);
      await db.query('DELETE FROM message_attachments WHERE "attachmentId" = $1 AND "messageId" <> $2', [
        ...[one.id, first.session.userMessageId],
      ]);
      // A chat that was deleted can be restored yet.
      expect(await attachments.removeUnused(24, 100)).toBe(0);
      await db.query(`UPDATE chats SET "deletedAt" = now() - interval '1 day' WHERE "deletedAt" IS NOT NULL`);
      await chats.removeDeleted();
      expect(await attachments.removeUnused(24, 100)).toBe(1);
      expect(await left()).toEqual(['of both.txt']);
    });

    it('removes so many at once', async () => {
      for (const name of ['a', 'b', 'c']) await added(name);
      await makeOlder();
      expect(await attachments.removeUnused(24, 2)).toBe(2);
      expect(await attachments.removeUnused(24, 2)).toBe(1);
    });

    it('either keeps what is sent in this moment, or the message is not sent', async () => {
      for (let times = 0; times < 10; times++) {
        const files = [await added(`${times}`), await added(`${times} too`)];
        await makeOlder();
        const [start] = await Promise.allSettled([sent(files), attachments.removeUnused(24, 100)]);
        if (start.status === 'rejected') {
          expect(start.reason).toMatchObject({ code: 'NOT_FOUND' });
          continue;
        }
        const { userMessageId } = start.value.session;
        const kept = await attachments.ofMessages(userId, [userMessageId]);
        expect(kept.get(userMessageId)).toEqual(files);
      }
    });
  });

  it('goes with its user', async () => {
    await sent([await added('sent')]);
    await added('waiting');
    await db.query('DELETE FROM users WHERE id = $1', [userId]);
    expect(await left()).toEqual([]);
    expect(await db.query('SELECT FROM message_attachments')).toEqual([]);
  });
});
