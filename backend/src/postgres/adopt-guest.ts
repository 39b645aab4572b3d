import type { DataSource, EntityManager } from 'typeorm';
import { settleBilling, takeBillingTurn } from './billed-plan.js';
import { OVER } from './subscription-rows.js';
import { moveUsage } from './usage-statements.js';

/** Moves what a guest has, has paid for and has used to an account, and deletes the guest. */
export async function adoptGuest(db: DataSource, guestId: string, userId: string): Promise<void> {
  await db.transaction(async (manager) => {
    await takeBillingTurn(manager);
    // What the guest begins meanwhile would be deleted with them: it waits for this, and finds no guest.
    const guests = await manager.query<unknown[]>(
      'SELECT FROM users WHERE id = $1 AND "isGuest" FOR UPDATE',
      [guestId],
    );
    if (guests.length === 0) return;
    await moveChats(manager, guestId, userId);
    // After the replies that are being written, which take their own share along.
    await moveUsage(manager, guestId, userId);
    await moveSubscriptions(manager, guestId, userId);
    await manager.query('DELETE FROM users WHERE id = $1', [guestId]);
  });
}

async function moveChats(manager: EntityManager, guestId: string, userId: string): Promise<void> {
  await manager.query('UPDATE chats SET "userId" = $2 WHERE "userId" = $1', [guestId, userId]);
  await manager.query('UPDATE chats SET "deletedBy" = $2 WHERE "deletedBy" = $1', [guestId, userId]);
  await manager.query('UPDATE attachments SET "userId" = $2 WHERE "userId" = $1', [guestId, userId]);
  // The guest's keys might be the account's as well.
  await manager.query('UPDATE chat_sessions SET "userId" = $2, "idempotencyKey" = NULL WHERE "userId" = $1', [
    guestId,
    userId,
  ]);
  await manager.query(
    `INSERT INTO pinned_models ("userId", "modelId")
     SELECT $2, "modelId" FROM pinned_models WHERE "userId" = $1 ORDER BY position ON CONFLICT DO NOTHING`,
    [guestId, userId],
  );
}

/** The account keeps what an administrator gave it as long as that holds, and has all that either has paid for. */
async function moveSubscriptions(manager: EntityManager, guestId: string, userId: string): Promise<void> {
  await manager.query(
    `INSERT INTO plan_subscriptions AS p ("userId", source, "planId", status, "periodEnd", since)
     SELECT $2, source, "planId", status, "periodEnd", since FROM plan_subscriptions
     WHERE "userId" = $1 AND source = 'ADMINISTRATOR'
     ON CONFLICT ("userId", source) DO UPDATE SET ("planId", status, "periodEnd", since) =
       (excluded."planId", excluded.status, excluded."periodEnd", excluded.since)
     WHERE ${OVER}`,
    [guestId, userId],
  );
  await manager.query('UPDATE billing_subscriptions SET "userId" = $2 WHERE "userId" = $1', [
    guestId,
    userId,
  ]);
  await settleBilling(manager, userId);
  // The payment service goes on calling them by what they were when they paid.
  await manager.query('INSERT INTO adopted_guests ("guestId", "userId") VALUES ($1, $2)', [guestId, userId]);
}
