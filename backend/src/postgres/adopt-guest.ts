import type { DataSource } from 'typeorm';

/** Moves what a guest has to an account, and deletes the guest. */
export async function adoptGuest(db: DataSource, guestId: string, userId: string): Promise<void> {
  await db.transaction(async (manager) => {
    // What the guest begins meanwhile would be deleted with them: it waits for this, and finds no guest.
    const guests = await manager.query<unknown[]>(
      'SELECT FROM users WHERE id = $1 AND "isGuest" FOR UPDATE',
      [guestId],
    );
    if (guests.length === 0) return;
    await manager.query('UPDATE chats SET "userId" = $2 WHERE "userId" = $1', [guestId, userId]);
    await manager.query('UPDATE chats SET "deletedBy" = $2 WHERE "deletedBy" = $1', [guestId, userId]);
    // The guest's keys might be the account's as well.
    await manager.query(
      'UPDATE chat_sessions SET "userId" = $2, "idempotencyKey" = NULL WHERE "userId" = $1',
      [guestId, userId],
    );
    await manager.query(
      `INSERT INTO pinned_models ("userId", "modelId")
       SELECT $2, "modelId" FROM pinned_models WHERE "userId" = $1 ORDER BY position ON CONFLICT DO NOTHING`,
      [guestId, userId],
    );
    await manager.query('DELETE FROM users WHERE id = $1', [guestId]);
  });
}
