import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Attachment } from '../chat/attachment.js';
import {
  ChatRepository,
  type ChatChange,
  type ListedChat,
  type WantedChats,
  type WholeChat,
} from '../chat/chat-repository.js';
import { RESTORABLE_SECONDS, type Chat, type ChatFilter } from '../chat/chat.js';
import type { ImportedChat } from '../chat/imported-chat.js';
import type { Message } from '../chat/message.js';
import { excerptOf, type SearchHit } from '../chat/search-hit.js';
import { AppError } from '../errors/app-error.js';
import type { Page } from '../paging/page.js';
import { attachmentsJson } from './attachment-rows.js';
import type { ChatSessionEntity } from './entities/chat-session.entity.js';
import type { ChatEntity } from './entities/chat.entity.js';
import type { MessageEntity } from './entities/message.entity.js';
import { importChat } from './import-chat.js';
import { containing } from './like.js';
import { PreparedStatement } from './prepared-statement.js';
import { CHAT_COLUMNS, MESSAGE_COLUMNS, chatOf, isUuid, messageOf } from './rows.js';
import { UNFINISHED } from './session-statements.js';

/** `$1`: the user, `$2`: the messages. */
const MESSAGES = new PreparedStatement<MessageEntity>(
  'messages',
  `SELECT ${MESSAGE_COLUMNS} FROM messages m JOIN chats c ON c.id = m."chatId"
   WHERE m.id = ANY ($2::uuid[]) AND c."userId" = $1`,
);

/** `$1`: the user, `$2`: the messages. Each case has an index of its own. */
const SIBLINGS = new PreparedStatement<{ readonly id: string; readonly siblingIds: string[] }>(
  'siblings',
  `SELECT m.id, CASE WHEN m."parentId" IS NULL
     THEN ARRAY(SELECT s.id::text FROM messages s WHERE s."chatId" = m."chatId" AND s."parentId" IS NULL
       ORDER BY s."createdAt", s.id)
     ELSE ARRAY(SELECT s.id::text FROM messages s WHERE s."parentId" = m."parentId" ORDER BY s."createdAt", s.id)
   END AS "siblingIds"
   FROM messages m JOIN chats c ON c.id = m."chatId" WHERE m.id = ANY ($2::uuid[]) AND c."userId" = $1`,
);

interface HitRow {
  readonly hitId?: string | null;
  readonly hitContent?: string | null;
}

function hitOf({ hitId, hitContent }: HitRow, words: readonly string[]): SearchHit | null {
  return hitId ? { messageId: hitId, excerpt: excerptOf(hitContent ?? '', words) } : null;
}

/** `$1`: the user, `$2`: the chat that the page before ended with, if any. */
const AFTER = `c."userId" = $1
  AND ($2::uuid IS NULL OR (c."updatedAt", c.id) < (SELECT a."updatedAt", a.id FROM chats a WHERE a.id = $2))`;
const LAST_ACTIVE_FIRST = 'ORDER BY c."updatedAt" DESC, c.id DESC LIMIT $3';

const MATCHES: Readonly<Record<ChatFilter, string>> = {
  ALL: 'true',
  UNARCHIVED: 'NOT c.archived',
  PINNED: 'c.pinned AND NOT c.archived',
  ARCHIVED: 'c.archived',
};

const allChats = (filter: ChatFilter) =>
  `SELECT ${CHAT_COLUMNS} FROM chats c WHERE ${AFTER} AND ${MATCHES[filter]} ${LAST_ACTIVE_FIRST}`;

/** Whether a text has all of the patterns `$4`. A database's own rules (C, for one) may know no case beyond ASCII. */
const hasWords = (text: string) => `${text} COLLATE "und-x-icu" ILIKE ALL ($4::text[])`;

/**
 * Reads the user's own messages until the page is full: 200 ms for 10 000 messages of 2 kB where nothing is found. No
 * index would do for a part of a word without an extension, which not every database lets one have.
 */
const foundChats = (filter: ChatFilter) =>
  `SELECT ${CHAT_COLUMNS}, hit.id AS "hitId", hit.content AS "hitContent" FROM chats c
  LEFT JOIN LATERAL (
    SELECT m.id, m.content FROM messages m WHERE m."chatId" = c.id AND ${hasWords('m.content')}
    ORDER BY m."createdAt" DESC, m.id DESC LIMIT 1
  ) hit ON NOT ${hasWords('c.title')}
  WHERE ${AFTER} AND ${MATCHES[filter]} AND (hit.id IS NOT NULL OR ${hasWords('c.title')}) ${LAST_ACTIVE_FIRST}`;

/** Walks from the message `$1` to the beginning of its chat; `depth` rises on the way. */
const BRANCH = `WITH RECURSIVE branch AS (
  SELECT id, "parentId", 0 AS depth FROM messages WHERE id = $1
  UNION ALL
  SELECT p.id, p."parentId", b.depth + 1 FROM messages p JOIN branch b ON p.id = b."parentId"
)`;

/** `$1`: the user, `$2`: the message, `$3`: the title. The foreign keys are checked when all is there. */
const FORK = new PreparedStatement<ChatEntity>(
  'fork-chat',
  `WITH RECURSIVE source AS (
     SELECT c."modelId", c."systemPrompt", c.temperature FROM messages m JOIN chats c ON c.id = m."chatId"
     WHERE m.id = $2::uuid AND c."userId" = $1::uuid
   ), branch AS (
     SELECT m.id, m."parentId" FROM messages m, source WHERE m.id = $2::uuid
     UNION ALL
     SELECT p.id, p."parentId" FROM messages p JOIN branch b ON p.id = b."parentId"
   ), copies AS MATERIALIZED (
     SELECT b.id, b."parentId", gen_random_uuid() AS "copyId" FROM branch b
   ), fork AS (
     INSERT INTO chats AS c ("userId", title, "modelId", "systemPrompt", temperature, "activeLeafId")
     SELECT $1::uuid, $3::text, s."modelId", s."systemPrompt", s.temperature, l."copyId" FROM source s JOIN copies l ON l.id = $2::uuid
     RETURNING ${CHAT_COLUMNS}
   ), copied AS (
     INSERT INTO messages (id, "chatId", "parentId", role, content, reasoning, status, "modelId", "createdAt", "fromCache",
       "inputTokens", "outputTokens", "timeToFirstTokenMs", "errorCode")
     SELECT k."copyId", f.id, p."copyId", m.role, m.content, m.reasoning, m.status, m."modelId", m."createdAt",
       m."fromCache", m."inputTokens", m."outputTokens", m."timeToFirstTokenMs", m."errorCode"
     FROM copies k JOIN messages m ON m.id = k.id LEFT JOIN copies p ON p.id = k."parentId" CROSS JOIN fork f
   ), attached AS (
     INSERT INTO message_attachments ("messageId", "attachmentId", place)
     SELECT k."copyId", l."attachmentId", l.place
     FROM copies k JOIN message_attachments l ON l."messageId" = k.id CROSS JOIN fork f
   )
   SELECT * FROM fork`,
);

/** Chats and messages in PostgreSQL. */
@Injectable()
export class PostgresChatRepository extends ChatRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async list(userId: string, wanted: WantedChats): Promise<Page<ListedChat>> {
    const { first, after, filter = 'ALL', words = [] } = wanted;
    if (after !== undefined && !(await this.find(userId, after))) {
      throw new AppError('VALIDATION_FAILED', 'after is no cursor of this list.');
    }
    const values = [userId, after ?? null, first + 1];
    const rows = await (words.length === 0
      ? this.db.query<(ChatEntity & HitRow)[]>(allChats(filter), values)
      : this.db.query<(ChatEntity & HitRow)[]>(foundChats(filter), [...values, words.map(containing)]));
    return {
      items: rows.slice(0, first).map((row) => ({ ...chatOf(row), hit: hitOf(row, words) })),
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== undefined,
    };
  }

  async find(userId: string, chatId: string): Promise<Chat | undefined> {
    return isUuid(chatId) ? (await this.findAll(userId, [chatId]))[0] : undefined;
  }

  async whole(userId: string, chatId: string): Promise<WholeChat | undefined> {
    if (!isUuid(chatId)) return undefined;
    const [row] = await this.db.query<ChatEntity[]>(
      `SELECT ${CHAT_COLUMNS}, c."activeLeafId" FROM chats c WHERE c.id = $1 AND c."userId" = $2`,
      [chatId, userId],
    );
    if (!row) return undefined;
    const messages = await this.db.query<(MessageEntity & { attachments: Attachment[] | null })[]>(
      `SELECT ${MESSAGE_COLUMNS}, ${attachmentsJson('m.id')} AS attachments FROM messages m WHERE m."chatId" = $1 ORDER BY m."createdAt", m."parentId" NULLS FIRST, m.id`,
      [chatId],
    );
    return {
      ...{ ...chatOf(row), activeMessageId: row.activeLeafId },
      messages: messages.map((one) => ({ ...messageOf(one), attachments: one.attachments ?? [] })),
    };
  }

  async findAll(userId: string, chatIds: readonly string[]): Promise<Chat[]> {
    const rows = await this.db.query<ChatEntity[]>(
      `SELECT ${CHAT_COLUMNS} FROM chats c WHERE c.id = ANY ($1) AND c."userId" = $2`,
      [chatIds, userId],
    );
    return rows.map(chatOf);
  }

  async import(userId: string, imported: ImportedChat): Promise<{ chat: Chat; created: boolean }> {
    const id = await importChat(this.db, userId, imported);
    const chat = await this.find(userId, id.chatId);
    if (!chat) throw new AppError('NOT_FOUND', 'This chat was deleted meanwhile.');
    return { chat, created: id.created };
  }

  async change(userId: string, chatId: string, change: ChatChange): Promise<Chat | undefined> {
    if (!isUuid(chatId)) return undefined;
    const { title, pinned, archived, unread, modelId, systemPrompt, temperature } = change;
    await this.db.query(
      `UPDATE chats SET title = coalesce($3, title),
         "titleSource" = CASE WHEN $3::text IS NULL THEN "titleSource" ELSE 'GIVEN' END,
         pinned = coalesce($4, pinned), archived = coalesce($5, archived),
         "modelId" = coalesce($6, "modelId"),
         "systemPrompt" = CASE WHEN $7::boolean THEN $8 ELSE "systemPrompt" END,
         temperature = CASE WHEN $9::boolean THEN $10 ELSE temperature END, unread = coalesce($11, unread)
       WHERE id = $1 AND "userId" = $2`,
      [
        ...[chatId, userId, title ?? null, pinned ?? null, archived ?? null, modelId ?? null],
        // Of these, nothing is something to say as well.
        ...[systemPrompt !== undefined, systemPrompt ?? null, temperature !== undefined, temperature ?? null],
        unread ?? null,
      ],
    );
    return this.find(userId, chatId);
  }

  async delete(userId: string, chatId: string): Promise<string[] | undefined> {
    if (!isUuid(chatId)) return undefined;
    return this.db.transaction(async (manager) => {
      // First the chat, then its session: see session-statements.ts. With the chat locked, nothing starts in it any more.
      const chats = await manager.query<unknown[]>(
        'SELECT FROM chats WHERE id = $1 AND "userId" = $2 FOR UPDATE',
        [chatId, userId],
      );
      if (chats.length === 0) return undefined;
      const unfinished = await manager.query<Pick<ChatSessionEntity, 'id' | 'assistantMessageId'>[]>(
        `SELECT s.id, s."assistantMessageId" FROM chat_sessions s WHERE s."chatId" = $1 AND ${UNFINISHED} FOR UPDATE`,
        [chatId],
      );
      await manager.query('DELETE FROM chat_sessions WHERE "chatId" = $1', [chatId]);
      await manager.query(`UPDATE messages SET status = 'STOPPED' WHERE id = ANY ($1)`, [
        unfinished.map(({ assistantMessageId }) => assistantMessageId),
      ]);
      await manager.query(
        'UPDATE chats SET "userId" = NULL, "deletedBy" = $2, "deletedAt" = now() WHERE id = $1',
        [chatId, userId],
      );
      return unfinished.map(({ id }) => id);
    });
  }

  async restore(userId: string, chatId: string): Promise<Chat | undefined> {
    if (!isUuid(chatId)) return undefined;
    await this.db.query(
      // Imported again meanwhile, it is two chats from now on.
      `UPDATE chats d SET "userId" = "deletedBy", "deletedBy" = NULL, "deletedAt" = NULL,
         "sourceId" = CASE WHEN NOT EXISTS (SELECT FROM chats c WHERE c."userId" = $2 AND c."sourceId" = d."sourceId")
           THEN d."sourceId" END
       WHERE id = $1 AND "deletedBy" = $2 AND "deletedAt" > now() - make_interval(secs => $3)`,
      [chatId, userId, RESTORABLE_SECONDS],
    );
    return this.find(userId, chatId);
  }

  async removeDeleted(): Promise<void> {
    await this.db.query(
      `DELETE FROM chats WHERE "deletedBy" IS NOT NULL AND "deletedAt" <= now() - make_interval(secs => $1)`,
      [RESTORABLE_SECONDS],
    );
  }

  async history(
    userId: string,
    chatId: string,
    last: number,
    before?: string,
  ): Promise<Page<Message> | undefined> {
    if (!(await this.find(userId, chatId))) return undefined;
    const rows = await this.branchFrom(await this.historyStart(chatId, before), last + 1);
    return {
      items: rows.slice(-last),
      hasPreviousPage: rows.length > last,
      hasNextPage: before !== undefined,
    };
  }

  async message(userId: string, messageId: string): Promise<Message | undefined> {
    return isUuid(messageId) ? (await this.messages(userId, [messageId]))[0] : undefined;
  }

  async messages(userId: string, messageIds: readonly string[]): Promise<Message[]> {
    return (await MESSAGES.run(this.db, [userId, messageIds])).map(messageOf);
  }

  async siblings(userId: string, messageIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await SIBLINGS.run(this.db, [userId, messageIds]);
    return new Map(rows.map(({ id, siblingIds }) => [id, siblingIds]));
  }

  async fork(userId: string, messageId: string, title: string): Promise<Chat | undefined> {
    const [row] = isUuid(messageId) ? await FORK.run(this.db, [userId, messageId, title]) : [];
    return row && chatOf(row);
  }

  async selectMessage(userId: string, messageId: string): Promise<Chat | undefined> {
    const message = await this.message(userId, messageId);
    if (!message) return undefined;
    await this.db.query(
      `WITH RECURSIVE newest AS (
         SELECT $1::uuid AS id
         UNION ALL
         SELECT child.id FROM newest CROSS JOIN LATERAL (
           SELECT m.id FROM messages m WHERE m."parentId" = newest.id ORDER BY m."createdAt" DESC, m.id DESC LIMIT 1
         ) child
       )
       UPDATE chats SET "companionMessageId" = NULL, "activeLeafId" =
         (SELECT n.id FROM newest n WHERE NOT EXISTS (SELECT FROM messages m WHERE m."parentId" = n.id))
       WHERE id = $2`,
      [messageId, message.chatId],
    );
    return this.find(userId, message.chatId);
  }

  private async historyStart(chatId: string, before?: string): Promise<string | null> {
    if (before === undefined) {
      const [chat] = await this.db.query<{ activeLeafId: string | null }[]>(
        'SELECT "activeLeafId" FROM chats WHERE id = $1',
        [chatId],
      );
      return chat?.activeLeafId ?? null;
    }
    const [message] = isUuid(before)
      ? await this.db.query<{ parentId: string | null }[]>(
          'SELECT "parentId" FROM messages WHERE id = $1 AND "chatId" = $2',
          [before, chatId],
        )
      : [];
    if (!message) throw new AppError('VALIDATION_FAILED', 'before is no cursor of this list.');
    return message.parentId;
  }

  /** Up to `limit` messages ending at `messageId`, oldest first. */
  private async branchFrom(messageId: string | null, limit: number): Promise<Message[]> {
    const rows = await this.db.query<MessageEntity[]>(
      `${BRANCH} SELECT ${MESSAGE_COLUMNS} FROM (SELECT id, depth FROM branch ORDER BY depth LIMIT $2) b
       JOIN messages m ON m.id = b.id ORDER BY b.depth DESC`,
      [messageId, limit],
    );
    return rows.map(messageOf);
  }
}
