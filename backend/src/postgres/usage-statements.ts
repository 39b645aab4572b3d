import type { EntityManager } from 'typeorm';
import { PreparedStatement } from './prepared-statement.js';

/** Days and months are those of UTC, by the database's clock. */
const TODAY = `(now() AT TIME ZONE 'UTC')::date`;
const THIS_MONTH = `date_trunc('month', now() AT TIME ZONE 'UTC')::date`;
const DAY_ENDS = `(${TODAY} + 1)::timestamp AT TIME ZONE 'UTC'`;
const MONTH_ENDS = `(${THIS_MONTH} + interval '1 month') AT TIME ZONE 'UTC'`;

/**
 * Takes the message, the tokens and the place of the new `session` out of the limits `$7` (messages a day), `$8` (tokens a
 * month) and `$9` (replies at once) of the user `$1`. What is above them violates a check, so that the whole statement
 * writes nothing; starts of one user take turns at the row. A start that waited across midnight counts in the new day.
 */
export const RESERVE = `INSERT INTO usage AS u ("userId", day, messages, month, tokens, reserved, running,
    "messagesLimit", "tokensLimit", "repliesLimit")
  SELECT $1::uuid, ${TODAY}, 1, ${THIS_MONTH}, 0, s."reservedTokens", 1, $7::int, $8::bigint, $9::int FROM session s
  ON CONFLICT ("userId") DO UPDATE SET
    day = greatest(u.day, excluded.day),
    messages = CASE WHEN u.day < excluded.day THEN 0 ELSE u.messages END + 1,
    month = greatest(u.month, excluded.month),
    tokens = CASE WHEN u.month < excluded.month THEN 0 ELSE u.tokens END,
    reserved = u.reserved + excluded.reserved,
    running = u.running + 1,
    "messagesLimit" = excluded."messagesLimit",
    "tokensLimit" = excluded."tokensLimit",
    "repliesLimit" = excluded."repliesLimit"`;

/** What GraphQL can say; only somebody without a limit comes near. */
const LARGEST_INT = 2_147_483_647;

export interface UsageRow {
  readonly userId: string;
  readonly messagesToday: number;
  readonly tokensThisMonth: number;
  readonly repliesAtOnce: number;
  readonly dayEnds: Date;
  readonly monthEnds: Date;
}

/** `$1`: the users. A row for each. */
export const USAGE = new PreparedStatement<UsageRow>(
  'usage',
  `SELECT asked.id AS "userId", CASE WHEN u.day >= ${TODAY} THEN u.messages ELSE 0 END AS "messagesToday",
     least(coalesce(CASE WHEN u.month >= ${THIS_MONTH} THEN u.tokens ELSE 0 END + u.reserved, 0), ${LARGEST_INT})::int
       AS "tokensThisMonth",
     coalesce(u.running, 0) AS "repliesAtOnce", ${DAY_ENDS} AS "dayEnds", ${MONTH_ENDS} AS "monthEnds"
   FROM unnest($1::uuid[]) AS asked (id) LEFT JOIN usage u ON u."userId" = asked.id`,
);

/** `$1`: the user, `$2`: tokens that were used beside any reply. Nobody is refused for them afterwards. */
export const BOOK = new PreparedStatement<never>(
  'book-usage',
  `UPDATE usage SET month = greatest(month, ${THIS_MONTH}),
     tokens = CASE WHEN month < ${THIS_MONTH} THEN 0 ELSE tokens END + $2::bigint,
     "messagesLimit" = NULL, "tokensLimit" = NULL, "repliesLimit" = NULL
   WHERE "userId" = $1::uuid`,
);

/** When today and this month end. */
export const PERIODS = new PreparedStatement<{ readonly dayEnds: Date; readonly monthEnds: Date }>(
  'periods',
  `SELECT ${DAY_ENDS} AS "dayEnds", ${MONTH_ENDS} AS "monthEnds"`,
);

/**
 * Adds what somebody has used to what somebody else has, without what is being written: otherwise a quota would be full
 * again after a sign-in. Like every settlement it is above no limit.
 */
export async function moveUsage(manager: EntityManager, from: string, to: string): Promise<void> {
  const sum = (period: string, amount: string) =>
    `CASE WHEN u.${period} <= excluded.${period} THEN excluded.${amount} ELSE 0 END
      + CASE WHEN u.${period} >= excluded.${period} THEN u.${amount} ELSE 0 END`;
  await manager.query(
    `INSERT INTO usage AS u ("userId", day, messages, month, tokens, reserved, running)
     SELECT $2, day, messages, month, tokens, 0, 0 FROM usage WHERE "userId" = $1
     ON CONFLICT ("userId") DO UPDATE SET
       day = greatest(u.day, excluded.day), messages = ${sum('day', 'messages')},
       month = greatest(u.month, excluded.month), tokens = ${sum('month', 'tokens')},
       "messagesLimit" = NULL, "tokensLimit" = NULL, "repliesLimit" = NULL`,
    [from, to],
  );
}
