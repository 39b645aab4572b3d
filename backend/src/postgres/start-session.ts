import { DatabaseError } from 'pg';
import type { DataSource } from 'typeorm';
import type { Message } from '../chat/message.js';
import type { NewSession, Place, StartedSession } from '../chat/session-repository.js';
import { AppError } from '../errors/app-error.js';
import type { PreparedStatement } from './prepared-statement.js';
import { exceededQuota, quotaError } from './exceeded-quota.js';
import { isUuid, SESSION_COLUMNS, sessionOf, type SessionRow } from './rows.js';
import {
  START_AFTER_MESSAGE,
  START_AGAIN,
  START_AT_END,
  START_COMPANION,
  START_CONTINUED,
  START_NEW_CHAT,
  startValues,
  type StartRow,
} from './start-statement.js';
import { startedOf } from './started-session.js';

/** How long an idempotency key stands for its session, as a PostgreSQL interval. */
const KEY_LIFETIME = '24 hours';
const NO_USER = 'This account does not exist any more.';
const NO_CHAT = 'This chat does not exist, or is not yours.';
const NO_MESSAGE = 'This message does not exist, or is not yours.';
const NO_FILE = 'This file does not exist, or is not yours.';

/** A start as its statement takes it. */
export interface Start {
  readonly session: NewSession;
  readonly statement: PreparedStatement<StartRow>;
  readonly values: unknown[];
  /** The new user message; left out where an earlier one is answered anew. */
  readonly prompt?: string;
  /** The reply with whose text the new one begins. */
  readonly continued?: Message;
  /** The reply stands beside the chat's own. */
  readonly companion?: boolean;
  /** What is said where there is no such place. */
  readonly missing: string;
}

/** The start below a new user message. */
export function startWith(
  session: NewSession,
  place: Place,
  prompt: string,
  attachmentIds: readonly string[],
): Start {
  const start = { session, prompt, missing: NO_CHAT };
  const values = [...startValues(session), prompt, attachmentIds];
  switch (place.type) {
    case 'new-chat':
      return {
        ...start,
        statement: START_NEW_CHAT,
        values: [...values, place.title, place.systemPrompt ?? null, place.temperature ?? null],
        missing: NO_USER,
      };
    case 'end-of-branch':
      return { ...start, statement: START_AT_END, values: [...values, idOrNull(place.chatId)] };
    case 'after-message': {
      const { chatId, parentId } = place;
      const statement = START_AFTER_MESSAGE;
      if (parentId === null) return { ...start, statement, values: [...values, idOrNull(chatId), null] };
      // Without a chat there is no place, and that is so where the parent is no id at all.
      const ids = isUuid(parentId) ? [idOrNull(chatId), parentId] : [null, null];
      return { ...start, statement, values: [...values, ...ids], missing: NO_MESSAGE };
    }
    default:
      return place satisfies never;
  }
}

/** The start below the user message that `messageId` is, or answers. */
export function startAgain(session: NewSession, messageId: string): Start {
  const values = [...startValues(session), idOrNull(messageId)];
  return { session, statement: START_AGAIN, values, missing: NO_MESSAGE };
}

/** The start of another version of `reply` that begins with its text. */
export function startFrom(session: NewSession, reply: Message): Start {
  const values = [...startValues(session), reply.id];
  return { session, statement: START_CONTINUED, values, continued: reply, missing: NO_MESSAGE };
}

/** The start of a reply that stands beside the one that `messageId` is, or is answered by. */
export function startBeside(session: NewSession, messageId: string): Start {
  return { ...startAgain(session, messageId), statement: START_COMPANION, companion: true };
}

/**
 * Makes the start. The usual one is a single statement; where that wrote nothing, this finds out why: the key was used
 * before, the place is not there, or unfinished replies are in the way, which may be such whose time is over.
 */
export async function makeStart(db: DataSource, start: Start): Promise<StartedSession> {
  const { session } = start;
  for (let tries = 1; ; tries += 1) {
    const row = await written(db, start, tries);
    if (row === 'too-many-replies') {
      await expireOverdueWhere(db, '"userId"', session.userId);
      continue;
    }
    const started = row && startedOf(row, start);
    if (started) return started;
    const earlier = await sessionByKey(db, session);
    if (earlier) return earlier;
    if (!row) throw new AppError('NOT_FOUND', start.missing);
    if (row.userMessageId === null) throw new AppError('VALIDATION_FAILED', 'This message answers none.');
    if (tries === 2) throw new AppError('CONFLICT', 'A reply is still being written in this chat.');
    await expireOverdueWhere(db, '"chatId"', row.chatId);
  }
}

/** Runs the statement. Throws NOT_FOUND for an attachment, and QUOTA_EXCEEDED, in the case of too many replies at once not before the second try. */
async function written(
  db: DataSource,
  { statement, values }: Start,
  tries: number,
): Promise<StartRow | 'too-many-replies' | undefined> {
  try {
    const [row] = await statement.run(db, values);
    return row;
  } catch (error) {
    if (isMissingFile(error)) throw new AppError('NOT_FOUND', NO_FILE, { cause: error });
    const quota = exceededQuota(error);
    if (!quota) throw error;
    if (quota === 'repliesAtOnce' && tries === 1) return 'too-many-replies';
    throw await quotaError(db, quota, error);
  }
}

/** Whether a start failed for an attachment that was not there, or was deleted in this moment. */
function isMissingFile(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  const { table, column, constraint } = error;
  return (
    (table === 'message_attachments' && column === 'attachmentId') ||
    constraint === 'message_attachments_attachment_fkey'
  );
}

/** An id, or what no row has as its id. */
function idOrNull(id: string): string | null {
  return isUuid(id) ? id : null;
}

/** The session that the same key from the same user led to before, if any. Older keys are freed. */
async function sessionByKey(db: DataSource, session: NewSession): Promise<StartedSession | undefined> {
  if (session.idempotencyKey === undefined) return undefined;
  await db.query(
    `UPDATE chat_sessions SET "idempotencyKey" = NULL
     WHERE "userId" = $1 AND "idempotencyKey" = $2 AND "createdAt" < now() - $3::interval`,
    [session.userId, session.idempotencyKey, KEY_LIFETIME],
  );
  const [row] = await db.query<SessionRow[]>(
    `SELECT ${SESSION_COLUMNS} FROM chat_sessions s WHERE s."userId" = $1 AND s."idempotencyKey" = $2`,
    [session.userId, session.idempotencyKey],
  );
  return row && { session: sessionOf(row), created: false };
}

/** Nobody waits for the sweep: a reply that nobody finished in time makes room for the next one. */
async function expireOverdueWhere(
  db: DataSource,
  column: '"chatId"' | '"userId"',
  id: string,
): Promise<void> {
  await db.query(`${EXPIRE_OVERDUE} AND ${column} = $1 RETURNING "assistantMessageId") ${FAIL_EXPIRED}`, [
    id,
  ]);
}

/** The two halves of the statement that ends overdue sessions with their messages. */
export const EXPIRE_OVERDUE = `WITH expired AS (
  UPDATE chat_sessions SET status = 'EXPIRED' WHERE status IN ('PENDING', 'STREAMING') AND "expiresAt" <= now()`;
export const FAIL_EXPIRED = `UPDATE messages SET status = 'FAILED', "errorCode" = 'SESSION_EXPIRED'
  FROM expired WHERE messages.id = expired."assistantMessageId"`;
