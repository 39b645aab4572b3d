import type { EntityManager } from 'typeorm';

/** Any number: the lock by which whatever writes subscriptions takes turns. It is rare, and looks at all of its user's. */
const BILLING_LOCK = 7_105_424;

/** Waits for its turn at what the payment service has told, until the transaction ends. It locks no user before that. */
export async function takeBillingTurn(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [BILLING_LOCK]);
}

/** Puts the user on the plan of their billed subscriptions: of those that hold, the one that began last counts. */
export async function settleBilling(manager: EntityManager, userId: string): Promise<void> {
  await manager.query(
    `INSERT INTO plan_subscriptions ("userId", source, "planId", status, "periodEnd", "since")
     SELECT b."userId", 'BILLING', b."planId", b.status, b."periodEnd", b."startedAt" FROM billing_subscriptions b
     WHERE b."userId" = $1 AND b."planId" IS NOT NULL AND b.status IS NOT NULL
     ORDER BY b.status = 'ENDED', b."startedAt" DESC LIMIT 1
     ON CONFLICT ("userId", source) DO UPDATE SET ("planId", status, "periodEnd", since) =
       (excluded."planId", excluded.status, excluded."periodEnd", excluded.since)`,
    [userId],
  );
}
