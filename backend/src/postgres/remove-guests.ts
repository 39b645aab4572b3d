import type { DataSource } from 'typeorm';
import { UNFINISHED } from './session-statements.js';
import { OVER } from './subscription-rows.js';

/** Whether the user `u` is a guest who has done nothing for `$1` days, by the database's clock, and pays for nothing. */
const GONE = `u."isGuest" AND u."createdAt" < now() - make_interval(days => $1)
  AND NOT EXISTS (SELECT FROM sign_ins a WHERE a."userId" = u.id AND a."createdAt" >= now() - make_interval(days => $1))
  AND NOT EXISTS (SELECT FROM api_tokens t
    WHERE t."userId" = u.id AND coalesce(t."lastUsedAt", t."createdAt") >= now() - make_interval(days => $1))
  AND NOT EXISTS (SELECT FROM chats c WHERE c."userId" = u.id
    AND (c."updatedAt" >= now() - make_interval(days => $1)
      OR EXISTS (SELECT FROM chat_sessions s WHERE s."chatId" = c.id AND ${UNFINISHED})))
  AND NOT EXISTS (SELECT FROM plan_subscriptions p WHERE p."userId" = u.id AND NOT ${OVER})`;

/** Deletes guests who are gone, the oldest first, with all that hangs on them. Those whom another process has are its. */
export function removeGuests(db: DataSource, days: number, atMost: number): Promise<string[]> {
  return db.transaction(async (manager) => {
    const found = await manager.query<{ id: string }[]>(
      `SELECT u.id FROM users u WHERE ${GONE} ORDER BY u."createdAt" LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [days, atMost],
    );
    const ids = found.map(({ id }) => id);
    // A start in one of their chats is waited for, and found by the second look: nobody may come back in between.
    await manager.query('SELECT FROM chats WHERE "userId" = ANY ($1) ORDER BY id FOR UPDATE', [ids]);
    const [removed] = await manager.query<[{ id: string }[], number]>(
      `DELETE FROM users u WHERE u.id = ANY ($2) AND ${GONE} RETURNING u.id`,
      [days, ids],
    );
    return removed.map(({ id }) => id);
  });
}
