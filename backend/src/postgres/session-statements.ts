import type { Attachment } from '../chat/attachment.js';
import { attachmentsJson } from './attachment-rows.js';
import type { MessageEntity } from './entities/message.entity.js';
import { PreparedStatement } from './prepared-statement.js';
import { MESSAGE_COLUMNS, SESSION_COLUMNS, type SessionRow } from './rows.js';
import { PLAN_ID } from './subscription-rows.js';

/*
 * Rows are locked in one order, so that no two statements wait for each other: the chat, its session, its messages, and
 * the usage of its user last.
 */

/** A session that has not ended, as the unique index of one such session and one such companion a chat has it. */
export const UNFINISHED = `s.status IN ('PENDING', 'STREAMING')`;

/**
 * How far a session's time runs down before it is renewed, in seconds: not every look at it shall write, and the sweep is
 * to take nobody for lost.
 */
const RENEW_AFTER_SECONDS = 10;

/** `$1`: the session, `$2`: the user. */
export const FIND = new PreparedStatement<SessionRow>(
  'find-session',
  `SELECT ${SESSION_COLUMNS} FROM chat_sessions s WHERE s.id = $1 AND s."userId" = $2`,
);

export type ClaimRow = SessionRow & {
  readonly userId: string;
  readonly planId: string | null;
  readonly isAdmin: boolean;
  readonly handovers: number;
  readonly stopRequested: boolean;
  readonly continuedContent: string | null;
  readonly continuedReasoning: string | null;
  readonly untitled: boolean;
  readonly savedContent: string;
  readonly savedReasoning: string | null;
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  readonly branch: readonly (Pick<MessageEntity, 'role' | 'content'> & {
    readonly attachments: readonly Attachment[] | null;
  })[];
};

/** `$1`: the session. Its branch comes with it, so that a worker asks once. */
export const CLAIM = new PreparedStatement<ClaimRow>(
  'claim',
  `WITH RECURSIVE claimed AS (
     UPDATE chat_sessions s SET attempts = s.attempts + 1, status = 'STREAMING'
     WHERE s.id = $1 AND ${UNFINISHED} AND s."expiresAt" > now()
     RETURNING ${SESSION_COLUMNS}, s."userId", s.handovers, s."stopRequested", s."continuedMessageId"
   ), begun AS (
     UPDATE messages m SET status = 'STREAMING' FROM claimed s WHERE m.id = s."assistantMessageId"
     RETURNING m.content, m.reasoning
   ), branch AS (
     SELECT m.id, m."parentId", m.role, m.content, 0 AS depth
     FROM claimed s JOIN messages m ON m.id = s."userMessageId"
     UNION ALL
     SELECT m.id, m."parentId", m.role, m.content, b.depth + 1 FROM branch b JOIN messages m ON m.id = b."parentId"
   )
   SELECT s.*, u."isAdmin", ${PLAN_ID}, m.content AS "savedContent", m.reasoning AS "savedReasoning",
     c."systemPrompt", c.temperature, k.content AS "continuedContent", k.reasoning AS "continuedReasoning",
     c."titleSource" = 'PROMPT' AND NOT s.companion AS untitled,
     (SELECT json_agg(json_build_object('role', b.role, 'content', b.content,
         'attachments', ${attachmentsJson('b.id')}) ORDER BY b.depth DESC) FROM branch b) AS branch
   FROM claimed s JOIN users u ON u.id = s."userId" JOIN chats c ON c.id = s."chatId" CROSS JOIN begun m
     LEFT JOIN messages k ON k.id = s."continuedMessageId"`,
);

/** `$1`: the sessions, `$2`: their attempts, `$3`: the time to live in seconds. A row each, in their order. */
export const RENEW = new PreparedStatement<{
  readonly held: boolean;
  readonly stopRequested: boolean | null;
}>(
  'renew',
  `WITH running AS (
     SELECT * FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS r (id, attempt, place)
   ), renewed AS (
     UPDATE chat_sessions s SET "expiresAt" = now() + make_interval(secs => $3::float8) FROM running r
     WHERE s.id = r.id AND s.attempts = r.attempt AND s.status = 'STREAMING'
       AND s."expiresAt" < now() + make_interval(secs => $3::float8 - least(${RENEW_AFTER_SECONDS}, $3::float8 / 2))
   )
   SELECT s.id IS NOT NULL AS held, s."stopRequested" FROM running r
   LEFT JOIN chat_sessions s ON s.id = r.id AND s.attempts = r.attempt AND s.status = 'STREAMING'
   ORDER BY r.place`,
);

/** `$1`: the session, `$2`: the attempt, `$3`, `$4`: content and reasoning. The lock makes the fence hold. */
export const SAVE_PARTIAL = new PreparedStatement<never>(
  'save-partial',
  `WITH held AS (
     SELECT s."assistantMessageId" FROM chat_sessions s
     WHERE s.id = $1 AND s.attempts = $2 AND s.status = 'STREAMING' FOR NO KEY UPDATE
   )
   UPDATE messages m SET content = $3, reasoning = NULLIF($4, '') FROM held WHERE m.id = held."assistantMessageId"`,
);

/**
 * `$1`: the session, `$2`: the attempt, `$3`: the status, `$4`: the time to live in seconds, then the reply. A row, or
 * none where this attempt may no longer write.
 */
export const FINISH = new PreparedStatement<{ readonly id: string }>(
  'finish',
  `WITH place AS (
     SELECT c.id FROM chat_sessions s JOIN chats c ON c.id = s."chatId" WHERE s.id = $1 FOR NO KEY UPDATE OF c
   ), ended AS (
     UPDATE chat_sessions s SET status = $3::text, "expiresAt" = now() + make_interval(secs => $4::float8)
     FROM place WHERE s.id = $1 AND s.attempts = $2 AND s.status = 'STREAMING'
     RETURNING s.id, s."assistantMessageId", s."chatId"
   ), saved AS (
     UPDATE messages m SET status = $3::text, content = $5, reasoning = NULLIF($6, ''), "fromCache" = $7,
       "inputTokens" = $8, "outputTokens" = $9, "timeToFirstTokenMs" = $10, "errorCode" = $11
     FROM ended WHERE m.id = ended."assistantMessageId"
   ), active AS (
     UPDATE chats c SET "updatedAt" = now(), unread = true FROM ended WHERE c.id = ended."chatId"
   )
   SELECT id FROM ended`,
);

/** `$1`: the session. Nothing where it has not ended. */
export const SAVED = new PreparedStatement<MessageEntity & { readonly attempts: number }>(
  'saved-reply',
  `SELECT s.attempts, ${MESSAGE_COLUMNS} FROM chat_sessions s JOIN messages m ON m.id = s."assistantMessageId"
   WHERE s.id = $1 AND NOT (${UNFINISHED})`,
);
