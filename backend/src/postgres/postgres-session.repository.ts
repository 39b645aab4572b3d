import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import type { ChatSession } from '../chat/chat-session.js';
import type { Message } from '../chat/message.js';
import {
  SessionRepository,
  type Claim,
  type NewSession,
  type Place,
  type ReplyContent,
  type ReplyOutcome,
  type StartedSession,
} from '../chat/session-repository.js';
import { AppError } from '../errors/app-error.js';
import {
  MESSAGE_COLUMNS,
  SESSION_COLUMNS,
  isUuid,
  messageOf,
  sessionOf,
  type MessageRow,
  type SessionRow,
} from './rows.js';
import {
  EXPIRE_OVERDUE,
  FAIL_EXPIRED,
  answeredMessage,
  insertSession,
  positionOf,
  sessionByKey,
} from './start-session.js';

const UNFINISHED = `s.status IN ('PENDING', 'STREAMING')`;

type ClaimRow = SessionRow & {
  userId: string;
  planId: string;
  handovers: number;
  stopRequested: boolean;
  savedContent: string;
  savedReasoning: string | null;
};

/** The unique index that an error speaks of, if it does. */
function violatedIndex(error: unknown): string | undefined {
  return error instanceof QueryFailedError
    ? (error.driverError as { code?: string; constraint?: string }).constraint
    : undefined;
}

/** Sessions in PostgreSQL. Attempts are counted in the row, and every write names its attempt: the fence. */
@Injectable()
export class PostgresSessionRepository extends SessionRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  start(session: NewSession, place: Place, prompt: string): Promise<StartedSession> {
    return this.startOnce(session, async (tx) => {
      const { chatId, parentId } = await positionOf(tx, session.userId, place, session.modelId);
      const [message] = await tx.query<{ id: string }[]>(
        `INSERT INTO messages ("chatId", "parentId", role, content, status)
         VALUES ($1, $2, 'USER', $3, 'COMPLETE') RETURNING id`,
        [chatId, parentId, prompt],
      );
      if (!message) throw new Error('INSERT returned no row');
      return insertSession(tx, session, chatId, message.id);
    });
  }

  regenerate(session: NewSession, messageId: string): Promise<StartedSession> {
    return this.startOnce(session, async (tx) => {
      const { chatId, parentId } = await answeredMessage(tx, session.userId, messageId);
      if (parentId === null) throw new AppError('VALIDATION_FAILED', 'This message answers none.');
      return insertSession(tx, session, chatId, parentId);
    });
  }

  async find(userId: string, sessionId: string): Promise<ChatSession | undefined> {
    if (!isUuid(sessionId)) return undefined;
    const [row] = await this.db.query<SessionRow[]>(
      `SELECT ${SESSION_COLUMNS} FROM chat_sessions s WHERE s.id = $1 AND s."userId" = $2`,
      [sessionId, userId],
    );
    return row && sessionOf(row);
  }

  async active(chatIds: readonly string[]): Promise<ChatSession[]> {
    const rows = await this.db.query<SessionRow[]>(
      `SELECT ${SESSION_COLUMNS} FROM chat_sessions s
       WHERE s."chatId" = ANY ($1) AND ${UNFINISHED} AND s."expiresAt" > now()`,
      [chatIds],
    );
    return rows.map(sessionOf);
  }

  async requestStop(userId: string, sessionId: string): Promise<ChatSession | undefined> {
    if (!isUuid(sessionId)) return undefined;
    await this.db.query(
      `UPDATE chat_sessions s SET "stopRequested" = true WHERE s.id = $1 AND s."userId" = $2 AND ${UNFINISHED}`,
      [sessionId, userId],
    );
    return this.find(userId, sessionId);
  }

  async claim(sessionId: string): Promise<Claim | undefined> {
    const [[row]] = await this.db.query<[ClaimRow[], number]>(
      `UPDATE chat_sessions s SET attempts = s.attempts + 1, status = 'STREAMING'
       FROM users u, messages m
       WHERE s.id = $1 AND ${UNFINISHED} AND s."expiresAt" > now()
         AND u.id = s."userId" AND m.id = s."assistantMessageId"
       RETURNING ${SESSION_COLUMNS}, u."planId", m.content AS "savedContent", m.reasoning AS "savedReasoning"`,
      [sessionId],
    );
    if (!row) return undefined;
    await this.db.query(`UPDATE messages SET status = 'STREAMING' WHERE id = $1 AND status = 'PENDING'`, [
      row.assistantMessageId,
    ]);
    return {
      session: sessionOf(row),
      userId: row.userId,
      planId: row.planId,
      attempt: row.attempts,
      failedAttempts: row.attempts - 1 - row.handovers,
      stopRequested: row.stopRequested,
      savedContent: row.savedContent,
      savedReasoning: row.savedReasoning ?? '',
    };
  }

  async renew(
    sessionId: string,
    attempt: number,
    { content, reasoning }: ReplyContent,
    ttlSeconds: number,
  ): Promise<{ stopRequested: boolean } | undefined> {
    const rows = await this.db.query<{ stopRequested: boolean }[]>(
      `WITH renewed AS (
         UPDATE chat_sessions s SET "expiresAt" = now() + make_interval(secs => $3)
         WHERE s.id = $1 AND s.attempts = $2 AND s.status = 'STREAMING'
         RETURNING s."stopRequested", s."assistantMessageId"
       ), saved AS (
         UPDATE messages m SET content = $4, reasoning = NULLIF($5, '') FROM renewed
         WHERE m.id = renewed."assistantMessageId" AND (m.content <> $4 OR m.reasoning IS DISTINCT FROM NULLIF($5, ''))
       )
       SELECT "stopRequested" FROM renewed`,
      [sessionId, attempt, ttlSeconds, content, reasoning],
    );
    return rows[0];
  }

  async handOver(sessionId: string, attempt: number, { content, reasoning }: ReplyContent): Promise<void> {
    await this.db.query(
      `WITH handed AS (
         UPDATE chat_sessions s SET handovers = s.handovers + 1
         WHERE s.id = $1 AND s.attempts = $2 AND s.status = 'STREAMING' RETURNING s."assistantMessageId"
       )
       UPDATE messages m SET content = $3, reasoning = NULLIF($4, '') FROM handed
       WHERE m.id = handed."assistantMessageId"`,
      [sessionId, attempt, content, reasoning],
    );
  }

  async finish(
    sessionId: string,
    attempt: number,
    outcome: ReplyOutcome,
    ttlSeconds: number,
  ): Promise<boolean> {
    const rows = await this.db.query<unknown[]>(
      `WITH ended AS (
         UPDATE chat_sessions s SET status = $3, "expiresAt" = now() + make_interval(secs => $4)
         WHERE s.id = $1 AND s.attempts = $2 AND s.status = 'STREAMING'
         RETURNING s.id, s."assistantMessageId", s."chatId"
       ), saved AS (
         UPDATE messages m SET status = $3, content = $5, reasoning = NULLIF($6, ''), "fromCache" = $7,
           "inputTokens" = $8, "outputTokens" = $9, "timeToFirstTokenMs" = $10, "errorCode" = $11
         FROM ended WHERE m.id = ended."assistantMessageId"
       ), active AS (
         UPDATE chats c SET "updatedAt" = now() FROM ended WHERE c.id = ended."chatId"
       )
       SELECT id FROM ended`,
      [
        sessionId,
        attempt,
        outcome.status,
        ttlSeconds,
        outcome.content,
        outcome.reasoning,
        outcome.fromCache,
        outcome.inputTokens ?? null,
        outcome.outputTokens ?? null,
        outcome.timeToFirstTokenMs ?? null,
        outcome.errorCode ?? null,
      ],
    );
    return rows.length > 0;
  }

  async saved(sessionId: string): Promise<{ attempt: number; message: Message } | undefined> {
    const [row] = await this.db.query<(MessageRow & { attempts: number })[]>(
      `SELECT s.attempts, ${MESSAGE_COLUMNS} FROM chat_sessions s JOIN messages m ON m.id = s."assistantMessageId"
       WHERE s.id = $1 AND NOT (${UNFINISHED})`,
      [sessionId],
    );
    return row && { attempt: row.attempts, message: messageOf(row) };
  }

  async standing(sessionId: string, attempt: number): Promise<'held' | 'overtaken' | 'gone'> {
    const [row] = await this.db.query<{ held: boolean }[]>(
      `SELECT s.attempts = $2 AND s.status = 'STREAMING' AS held FROM chat_sessions s WHERE s.id = $1`,
      [sessionId, attempt],
    );
    if (!row) return 'gone';
    return row.held ? 'held' : 'overtaken';
  }

  async expireOverdue(): Promise<ChatSession[]> {
    const rows = await this.db.query<SessionRow[]>(
      `${EXPIRE_OVERDUE} RETURNING chat_sessions.*), failed AS (${FAIL_EXPIRED}) SELECT *, true AS expired FROM expired`,
    );
    return rows.map(sessionOf);
  }

  async unattended(seconds: number, ttlSeconds: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }[]>(
      `SELECT id FROM chat_sessions s WHERE ${UNFINISHED} AND s."expiresAt" > now() AND CASE s.status
         WHEN 'PENDING' THEN s."createdAt" < now() - make_interval(secs => $1)
         ELSE s."expiresAt" < now() + make_interval(secs => $2) - make_interval(secs => $1)
       END LIMIT 1000`,
      [seconds, ttlSeconds],
    );
    return rows.map((row) => row.id);
  }

  /** Runs a start in one transaction; a key that another start used first leads to that one's session. */
  private async startOnce(
    session: NewSession,
    insert: (tx: EntityManager) => Promise<StartedSession>,
  ): Promise<StartedSession> {
    try {
      return await this.db.transaction(async (tx) => (await sessionByKey(tx, session)) ?? (await insert(tx)));
    } catch (error) {
      const index = violatedIndex(error);
      if (index === 'chat_sessions_one_unfinished_a_chat') {
        // The same key twice in one chat meets this index first.
        const earlier = await sessionByKey(this.db.manager, session);
        if (earlier) return earlier;
        throw new AppError('CONFLICT', 'A reply is still being written in this chat.', { cause: error });
      }
      const earlier =
        index === 'chat_sessions_idempotency' ? await sessionByKey(this.db.manager, session) : undefined;
      if (earlier) return earlier;
      throw error;
    }
  }
}
