import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ChatSession } from '../chat/chat-session.js';
import type { Message } from '../chat/message.js';
import {
  SessionRepository,
  type Claim,
  type HeldSession,
  type NewSession,
  type Place,
  type Renewal,
  type ReplyContent,
  type ReplyOutcome,
  type StartedSession,
} from '../chat/session-repository.js';
import { SESSION_COLUMNS, isUuid, messageOf, sessionOf, type SessionRow } from './rows.js';
import { CLAIM, FIND, FINISH, RENEW, SAVED, SAVE_PARTIAL, UNFINISHED } from './session-statements.js';
import {
  EXPIRE_OVERDUE,
  FAIL_EXPIRED,
  makeStart,
  startAgain,
  startBeside,
  startFrom,
  startWith,
} from './start-session.js';

/** Sessions in PostgreSQL. Attempts are counted in the row, and every write names its attempt: the fence. */
@Injectable()
export class PostgresSessionRepository extends SessionRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  start(
    session: NewSession,
    place: Place,
    prompt: string,
    attachmentIds: readonly string[] = [],
  ): Promise<StartedSession> {
    return makeStart(this.db, startWith(session, place, prompt, attachmentIds));
  }

  regenerate(session: NewSession, messageId: string): Promise<StartedSession> {
    return makeStart(this.db, startAgain(session, messageId));
  }

  continue(session: NewSession, reply: Message): Promise<StartedSession> {
    return makeStart(this.db, startFrom(session, reply));
  }

  compare(session: NewSession, messageId: string): Promise<StartedSession> {
    return makeStart(this.db, startBeside(session, messageId));
  }

  async find(userId: string, sessionId: string): Promise<ChatSession | undefined> {
    if (!isUuid(sessionId)) return undefined;
    const [row] = await FIND.run(this.db, [sessionId, userId]);
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
    const [row] = await CLAIM.run(this.db, [sessionId]);
    if (!row) return undefined;
    const { userId, planId, isAdmin, attempts, handovers, stopRequested, untitled } = row;
    const { savedContent, savedReasoning, continuedContent, continuedReasoning } = row;
    const { systemPrompt, temperature } = row;
    return {
      ...{ session: sessionOf(row), userId, planId, isAdmin, stopRequested, untitled, savedContent },
      ...{ systemPrompt, temperature },
      branch: row.branch.map((one) => ({ ...one, attachments: one.attachments ?? [] })),
      attempt: attempts,
      failedAttempts: attempts - 1 - handovers,
      savedReasoning: savedReasoning ?? '',
      ...(continuedContent !== null && {
        continued: { content: continuedContent, reasoning: continuedReasoning ?? '' },
      }),
    };
  }

  async renew(held: readonly HeldSession[], ttlSeconds: number): Promise<Renewal[]> {
    const ids = held.map(({ sessionId }) => sessionId);
    const attempts = held.map(({ attempt }) => attempt);
    const rows = await RENEW.run(this.db, [ids, attempts, ttlSeconds]);
    return rows.map((row) => {
      if (!row.held) return 'lost';
      return row.stopRequested ? 'stop-requested' : 'renewed';
    });
  }

  async savePartial(
    { sessionId, attempt }: HeldSession,
    { content, reasoning }: ReplyContent,
  ): Promise<void> {
    await SAVE_PARTIAL.run(this.db, [sessionId, attempt, content, reasoning]);
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
    const { status, content, reasoning, fromCache, errorCode } = outcome;
    const { inputTokens, outputTokens, timeToFirstTokenMs } = outcome;
    const rows = await FINISH.run(this.db, [
      ...[sessionId, attempt, status, ttlSeconds, content, reasoning, fromCache],
      ...[inputTokens ?? null, outputTokens ?? null, timeToFirstTokenMs ?? null, errorCode ?? null],
    ]);
    return rows.length > 0;
  }

  async keepStopped(messageId: string, { content, reasoning }: ReplyContent): Promise<void> {
    await this.db.query(
      `UPDATE messages m SET content = $2, reasoning = NULLIF($3, '')
       WHERE m.id = $1 AND m.status = 'STOPPED' AND length(m.content) <= length($2)
         AND NOT EXISTS (SELECT FROM chat_sessions s WHERE s."assistantMessageId" = m.id)`,
      [messageId, content, reasoning],
    );
  }

  async saved(sessionId: string): Promise<{ attempt: number; message: Message } | undefined> {
    const [row] = await SAVED.run(this.db, [sessionId]);
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
}
