import { IMAGE_TOKENS } from '../plans/usage.js';
import { IMAGE_TYPES } from '../providers/image-type.js';
import type { NewSession } from '../chat/session-repository.js';
import { PreparedStatement } from './prepared-statement.js';
import { RESERVE } from './usage-statements.js';

/** The place that a start found, and what it wrote there: nothing where another session stood in its way. */
export interface StartRow {
  readonly chatId: string;
  readonly parentId: string | null;
  /** `null`: the message to answer anew answers none. */
  readonly userMessageId: string | null;
  readonly id: string | null;
  readonly assistantMessageId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly title: string;
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  readonly chatCreatedAt: Date;
  readonly updatedAt: Date;
  readonly pinned: boolean;
  readonly archived: boolean;
  readonly companionMessageId: string | null;
  /** `null` where the user message was there before. */
  readonly askedAt: Date | null;
  readonly replyCreatedAt: Date;
}

/** `$1` to `$9` of every start. */
export function startValues(session: NewSession): unknown[] {
  const { userId, modelId, cachePolicy, idempotencyKey, ttlSeconds, expectedTokens, limits } = session;
  return [
    ...[userId, modelId, cachePolicy, idempotencyKey ?? null, ttlSeconds, expectedTokens],
    ...[limits.messagesPerDay, limits.tokensPerMonth, limits.repliesAtOnce],
  ];
}

interface StartParts {
  /** SELECT of chatId, parentId, userMessageId, historyTokens: one row, or none where the user has no such place. */
  readonly place: string;
  /** Makes the chat, or moves it to the new reply. Returns all of it that is not known here. */
  readonly chat: string;
  /** Statements of which `question` writes the user message, if there is a new one, and returns createdAt. */
  readonly question: string;
  /** The id of the message with whose text the reply begins. */
  readonly continued?: string;
  /** Whether the reply stands beside the chat's own. */
  readonly companion?: 'true' | 'false';
}

/**
 * A start in one statement. The session goes first, because its unique indexes decide: where one is in the way, nothing
 * else is written, and nothing reserved. The foreign keys are checked when the statement has ended, and all is there.
 */
function startStatement(
  name: string,
  { place, chat, question, continued = 'NULL::uuid', companion = 'false' }: StartParts,
): PreparedStatement<StartRow> {
  return new PreparedStatement(
    name,
    `WITH place AS (${place}), session AS (
       INSERT INTO chat_sessions AS s ("userId", "chatId", "userMessageId", "assistantMessageId", "modelId", status,
         "cachePolicy", "idempotencyKey", "expiresAt", "reservedTokens", "continuedMessageId", companion)
       SELECT $1::uuid, p."chatId", p."userMessageId", gen_random_uuid(), $2::text, 'PENDING', $3::text, $4::text,
         now() + make_interval(secs => $5::float8), $6::int + coalesce(p."historyTokens", 0),
         ${continued}, ${companion}
       FROM place p WHERE p."userMessageId" IS NOT NULL
       ON CONFLICT DO NOTHING
       RETURNING s.id, s."chatId", s."userMessageId", s."assistantMessageId", s."createdAt", s."expiresAt",
         s."reservedTokens"
     ), reserved AS (${RESERVE}), chat AS (${chat}), ${question}, reply AS (
       INSERT INTO messages (id, "chatId", "parentId", role, status, "modelId", content, reasoning)
       SELECT s."assistantMessageId", s."chatId", s."userMessageId", 'ASSISTANT', 'PENDING', $2::text,
         coalesce(k.content, ''), k.reasoning
       FROM session s LEFT JOIN messages k ON k.id = ${continued}
       RETURNING "createdAt"
     )
     SELECT p."chatId", p."parentId", p."userMessageId", s.id, s."assistantMessageId", s."createdAt", s."expiresAt",
       c.title, c."systemPrompt", c.temperature, c."createdAt" AS "chatCreatedAt", c."updatedAt", c.pinned, c.archived,
       c."companionMessageId", q."createdAt" AS "askedAt", r."createdAt" AS "replyCreatedAt"
     FROM place p LEFT JOIN session s ON true LEFT JOIN chat c ON true LEFT JOIN question q ON true
       LEFT JOIN reply r ON true`,
  );
}

const STARTED_CHAT = `c.title, c."systemPrompt", c.temperature, c."createdAt", c."updatedAt", c.pinned, c.archived,
    c."companionMessageId"`;
/** What stands beside the active reply goes on doing so where that is answered anew. */
const MOVED_CHAT = `UPDATE chats c
  SET "activeLeafId" = s."assistantMessageId", "modelId" = $2::text, "updatedAt" = now(), unread = false,
    "companionMessageId" = (SELECT k.id FROM messages k
      WHERE k.id = c."companionMessageId" AND k."parentId" = s."userMessageId")
  FROM session s WHERE c.id = s."chatId"
  RETURNING ${STARTED_CHAT}`;
/**
 * `$10`: the prompt, `$11`: its attachments in their order. One that is not there, or not the user's, makes the statement
 * fail: see `isMissingFile`.
 */
const QUESTION = `question AS (
    INSERT INTO messages (id, "chatId", "parentId", role, content, status)
    SELECT s."userMessageId", s."chatId", p."parentId", 'USER', $10::text, 'COMPLETE' FROM session s, place p
    RETURNING "createdAt"
  ), attached AS (
    INSERT INTO message_attachments ("messageId", "attachmentId", place)
    SELECT s."userMessageId", a.id, n.place FROM session s, unnest($11::uuid[]) WITH ORDINALITY AS n (id, place)
      LEFT JOIN attachments a ON a.id = n.id AND a."userId" = $1::uuid
  ), sent AS (
    UPDATE attachments a SET sent = true FROM session s
    WHERE a.id = ANY ($11::uuid[]) AND a."userId" = $1::uuid AND NOT a.sent
  )`;

/**
 * `$12`: the chat's title, `$13`, `$14`: its system prompt and temperature. The user is locked first:
 * one who is being deleted starts nothing.
 */
export const START_NEW_CHAT = startStatement('start-new-chat', {
  place: `SELECT gen_random_uuid() AS "chatId", NULL::uuid AS "parentId", gen_random_uuid() AS "userMessageId",
    0 AS "historyTokens" FROM users u WHERE u.id = $1::uuid FOR KEY SHARE`,
  chat: `INSERT INTO chats AS c (id, "userId", title, "titleSource", "systemPrompt", temperature, "modelId",
      "activeLeafId")
    SELECT s."chatId", $1::uuid, $12::text, 'PROMPT', $13::text, $14::float8, $2::text,
      s."assistantMessageId" FROM session s
    RETURNING ${STARTED_CHAT}`,
  question: QUESTION,
});

const IMAGES = IMAGE_TYPES.map((type) => `'${type}'`).join(', ');

/** A guess at what the models are told in the chat `c` before the conversation. */
const SYSTEM_TOKENS = `coalesce(length(c."systemPrompt"), 0) / 4`;

/** A guess at what the files of these messages come to, the same as at the start that brought them. */
const fileTokens = (messageIds: string) => `(SELECT coalesce(sum(CASE WHEN a."mediaType" IN (${IMAGES})
      THEN ${IMAGE_TOKENS} ELSE (a.size + 3) / 4 END), 0)::int
    FROM message_attachments l JOIN attachments a ON a.id = l."attachmentId" WHERE l."messageId" IN (${messageIds}))`;

/**
 * What the message `m` and all before it came to: a reply's prompt was all before it. Where nobody has said, a guess, with
 * the files of the question that it is or answers.
 */
const HISTORY_TOKENS = `coalesce(m."inputTokens" + m."outputTokens",
    length(m.content) / 4 + ${SYSTEM_TOKENS} + ${fileTokens('m.id, m."parentId"')})`;

// The places in a chat that is there lock it, so that starts in it take turns and each sees the branch's true end.

/** `$12`: the chat. */
export const START_AT_END = startStatement('start-at-end', {
  place: `SELECT c.id AS "chatId", c."activeLeafId" AS "parentId", gen_random_uuid() AS "userMessageId",
      (SELECT ${HISTORY_TOKENS} FROM messages m WHERE m.id = c."activeLeafId") AS "historyTokens"
    FROM chats c WHERE c.id = $12::uuid AND c."userId" = $1::uuid FOR NO KEY UPDATE`,
  chat: MOVED_CHAT,
  question: QUESTION,
});

/** `$12`: the chat, `$13`: the parent, which may be NULL. */
export const START_AFTER_MESSAGE = startStatement('start-after-message', {
  place: `SELECT c.id AS "chatId", $13::uuid AS "parentId", gen_random_uuid() AS "userMessageId",
      coalesce((SELECT ${HISTORY_TOKENS} FROM messages m WHERE m.id = $13::uuid), ${SYSTEM_TOKENS}) AS "historyTokens"
    FROM chats c WHERE c.id = $12::uuid AND c."userId" = $1::uuid
      AND ($13::uuid IS NULL OR EXISTS (SELECT FROM messages m WHERE m.id = $13::uuid AND m."chatId" = c.id))
    FOR NO KEY UPDATE`,
  chat: MOVED_CHAT,
  question: QUESTION,
});

const ANSWERED_ANEW: StartParts = {
  place: `SELECT c.id AS "chatId", NULL::uuid AS "parentId",
      CASE m.role WHEN 'USER' THEN m.id ELSE m."parentId" END AS "userMessageId",
      ${HISTORY_TOKENS} AS "historyTokens"
    FROM messages m JOIN chats c ON c.id = m."chatId"
    WHERE m.id = $10::uuid AND c."userId" = $1::uuid FOR NO KEY UPDATE OF c`,
  chat: MOVED_CHAT,
  question: `question AS (SELECT NULL::timestamptz AS "createdAt")`,
};

/** `$10`: the user message to answer anew, or a reply to it. */
export const START_AGAIN = startStatement('start-again', ANSWERED_ANEW);

/** `$10`: the reply to go on with. */
export const START_CONTINUED = startStatement('start-continued', {
  ...ANSWERED_ANEW,
  continued: '$10::uuid',
});

/**
 * `$10`: as above. The reply stands beside the active one, and the chat stays where it is, until one of the two is chosen.
 * What was said before is counted from the question, as the reply beside may still be being written.
 */
export const START_COMPANION = startStatement('start-companion', {
  place: `SELECT c.id AS "chatId", NULL::uuid AS "parentId", q.id AS "userMessageId",
      coalesce(${HISTORY_TOKENS}, ${SYSTEM_TOKENS}) + length(q.content) / 4 + ${fileTokens('q.id')}
        AS "historyTokens"
    FROM messages a JOIN chats c ON c.id = a."chatId"
      LEFT JOIN messages q ON q.id = CASE a.role WHEN 'USER' THEN a.id ELSE a."parentId" END
      LEFT JOIN messages m ON m.id = q."parentId"
    WHERE a.id = $10::uuid AND c."userId" = $1::uuid FOR NO KEY UPDATE OF c`,
  chat: `UPDATE chats c SET "companionMessageId" = s."assistantMessageId", "updatedAt" = now(), unread = false
    FROM session s WHERE c.id = s."chatId" RETURNING ${STARTED_CHAT}`,
  question: ANSWERED_ANEW.question,
  companion: 'true',
});
