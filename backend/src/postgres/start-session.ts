import type { EntityManager } from 'typeorm';
import type { NewSession, Place, StartedSession } from '../chat/session-repository.js';
import { AppError } from '../errors/app-error.js';
import { isUuid, SESSION_COLUMNS, sessionOf, type SessionRow } from './rows.js';

/** How long an idempotency key stands for its session, as a PostgreSQL interval. */
const KEY_LIFETIME = '24 hours';
const NO_CHAT = 'This chat does not exist, or is not yours.';
const NO_MESSAGE = 'This message does not exist, or is not yours.';

/** The session that the same key from the same user led to before, if any. Older keys are freed. */
export async function sessionByKey(
  tx: EntityManager,
  session: NewSession,
): Promise<StartedSession | undefined> {
  if (session.idempotencyKey === undefined) return undefined;
  await tx.query(
    `UPDATE chat_sessions SET "idempotencyKey" = NULL
     WHERE "userId" = $1 AND "idempotencyKey" = $2 AND "createdAt" < now() - $3::interval`,
    [session.userId, session.idempotencyKey, KEY_LIFETIME],
  );
  const [row] = await tx.query<SessionRow[]>(
    `SELECT ${SESSION_COLUMNS} FROM chat_sessions s WHERE s."userId" = $1 AND s."idempotencyKey" = $2`,
    [session.userId, session.idempotencyKey],
  );
  return row && { session: sessionOf(row), created: false };
}

/** Where a new message hangs: its chat (locked against other starts) and its parent. */
export interface Position {
  readonly chatId: string;
  readonly parentId: string | null;
}

/** Finds the place of a new user message; makes the chat where it is to be a new one. */
export async function positionOf(
  tx: EntityManager,
  userId: string,
  place: Place,
  modelId: string,
): Promise<Position> {
  if (place.type === 'new-chat') {
    const [chat] = await tx.query<{ id: string }[]>(
      `INSERT INTO chats ("userId", title, "modelId") VALUES ($1, $2, $3) RETURNING id`,
      [userId, place.title, modelId],
    );
    if (!chat) throw new Error('INSERT returned no row');
    return { chatId: chat.id, parentId: null };
  }
  const activeLeafId = await lockChat(tx, userId, place.chatId);
  if (place.type === 'end-of-branch') return { chatId: place.chatId, parentId: activeLeafId };
  if (place.parentId !== null && !(await messageIsIn(tx, place.chatId, place.parentId))) {
    throw new AppError('NOT_FOUND', NO_MESSAGE);
  }
  return { chatId: place.chatId, parentId: place.parentId };
}

/** The user message that `messageId` is, or that it answers. */
export async function answeredMessage(
  tx: EntityManager,
  userId: string,
  messageId: string,
): Promise<Position> {
  const [message] = isUuid(messageId)
    ? await tx.query<{ chatId: string; userMessageId: string }[]>(
        `SELECT m."chatId", CASE m.role WHEN 'USER' THEN m.id ELSE m."parentId" END AS "userMessageId"
         FROM messages m JOIN chats c ON c.id = m."chatId" WHERE m.id = $1 AND c."userId" = $2`,
        [messageId, userId],
      )
    : [];
  if (!message) throw new AppError('NOT_FOUND', NO_MESSAGE);
  await lockChat(tx, userId, message.chatId);
  return { chatId: message.chatId, parentId: message.userMessageId };
}

/** Writes the empty reply below `userMessageId` and the session that is to fill it. */
export async function insertSession(
  tx: EntityManager,
  session: NewSession,
  chatId: string,
  userMessageId: string,
): Promise<StartedSession> {
  await expireOverdueIn(tx, chatId);
  const [reply] = await tx.query<{ id: string }[]>(
    `INSERT INTO messages ("chatId", "parentId", role, status, "modelId")
     VALUES ($1, $2, 'ASSISTANT', 'PENDING', $3) RETURNING id`,
    [chatId, userMessageId, session.modelId],
  );
  await tx.query(`UPDATE chats SET "activeLeafId" = $2, "modelId" = $3, "updatedAt" = now() WHERE id = $1`, [
    chatId,
    reply?.id,
    session.modelId,
  ]);
  const [row] = await tx.query<SessionRow[]>(
    `INSERT INTO chat_sessions AS s ("userId", "chatId", "userMessageId", "assistantMessageId", "modelId", status,
       "cachePolicy", "idempotencyKey", "expiresAt")
     VALUES ($1, $2, $3, $4, $5, 'PENDING', $6, $7, now() + make_interval(secs => $8)) RETURNING ${SESSION_COLUMNS}`,
    [
      session.userId,
      chatId,
      userMessageId,
      reply?.id,
      session.modelId,
      session.cachePolicy,
      session.idempotencyKey ?? null,
      session.ttlSeconds,
    ],
  );
  if (!row) throw new Error('INSERT returned no row');
  return { session: sessionOf(row), created: true };
}

async function lockChat(tx: EntityManager, userId: string, chatId: string): Promise<string | null> {
  const [chat] = isUuid(chatId)
    ? await tx.query<{ activeLeafId: string | null }[]>(
        `SELECT "activeLeafId" FROM chats WHERE id = $1 AND "userId" = $2 FOR UPDATE`,
        [chatId, userId],
      )
    : [];
  if (!chat) throw new AppError('NOT_FOUND', NO_CHAT);
  return chat.activeLeafId;
}

async function messageIsIn(tx: EntityManager, chatId: string, messageId: string): Promise<boolean> {
  if (!isUuid(messageId)) return false;
  const rows = await tx.query<unknown[]>('SELECT FROM messages WHERE id = $1 AND "chatId" = $2', [
    messageId,
    chatId,
  ]);
  return rows.length > 0;
}

/** Nobody waits for the sweep: a reply that nobody finished in time makes room for the next one. */
async function expireOverdueIn(tx: EntityManager, chatId: string): Promise<void> {
  await tx.query(`${EXPIRE_OVERDUE} AND "chatId" = $1 RETURNING "assistantMessageId") ${FAIL_EXPIRED}`, [
    chatId,
  ]);
}

/** The two halves of the statement that ends overdue sessions with their messages. */
export const EXPIRE_OVERDUE = `WITH expired AS (
  UPDATE chat_sessions SET status = 'EXPIRED' WHERE status IN ('PENDING', 'STREAMING') AND "expiresAt" <= now()`;
export const FAIL_EXPIRED = `UPDATE messages SET status = 'FAILED', "errorCode" = 'SESSION_EXPIRED'
  FROM expired WHERE messages.id = expired."assistantMessageId"`;
