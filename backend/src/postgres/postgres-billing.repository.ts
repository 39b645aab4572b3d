import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { STAGES, type SubscriptionOwner } from '../billing/billing-event.js';
import {
  BillingRepository,
  type BillingNews,
  type BillingOutcome,
  type PlannedSubscription,
} from '../billing/billing-repository.js';
import { isUuid } from './rows.js';

/** Any number: the lock by which events take turns. They are few, and each looks at all subscriptions of its user. */
const BILLING_LOCK = 7_105_423;

/** For how long an event is known again. Stripe sends one again for three days. */
const REMEMBERED = '30 days';

/** What the payment service has told, in PostgreSQL. */
@Injectable()
export class PostgresBillingRepository extends BillingRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  apply({ eventId, at, news }: BillingNews): Promise<BillingOutcome> {
    return this.db.transaction(async (manager): Promise<BillingOutcome> => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [BILLING_LOCK]);
      if (!(await isNew(manager, eventId))) return { type: 'repeated' };
      const owner = await userOf(manager, news.userId);
      const saved =
        news.type === 'owner'
          ? await saveOwner(manager, news, owner)
          : await saveState(manager, news, at, owner);
      if (!saved) return { type: 'outdated' };
      if (saved.userId === null) return { type: 'unknown-user' };
      await settle(manager, saved.userId);
      return { type: 'applied', userId: saved.userId };
    });
  }
}

async function isNew(manager: EntityManager, eventId: string): Promise<boolean> {
  await manager.query(`DELETE FROM billing_events WHERE "receivedAt" < now() - $1::interval`, [REMEMBERED]);
  const rows = await manager.query<unknown[]>(
    'INSERT INTO billing_events (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id',
    [eventId],
  );
  return rows.length > 0;
}

/** The id, if it is of somebody who is here. */
async function userOf(manager: EntityManager, userId: string | undefined): Promise<string | null> {
  if (userId === undefined || !isUuid(userId)) return null;
  const [user] = await manager.query<{ id: string }[]>('SELECT id FROM users WHERE id = $1 FOR KEY SHARE', [
    userId,
  ]);
  return user?.id ?? null;
}

interface SavedSubscription {
  readonly userId: string | null;
}

async function saveOwner(
  manager: EntityManager,
  { subscriptionId }: SubscriptionOwner,
  userId: string | null,
): Promise<SavedSubscription | undefined> {
  const [saved] = await manager.query<SavedSubscription[]>(
    `INSERT INTO billing_subscriptions AS b (id, "userId") VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET "userId" = coalesce(b."userId", excluded."userId") RETURNING "userId"`,
    [subscriptionId, userId],
  );
  return saved;
}

/** Nothing where something newer is known. A plan that is not known changes no plan, but what is said besides counts. */
async function saveState(
  manager: EntityManager,
  { subscriptionId, stage, planId, status, startedAt, periodEnd }: PlannedSubscription,
  at: Date,
  userId: string | null,
): Promise<SavedSubscription | undefined> {
  const [saved] = await manager.query<SavedSubscription[]>(
    `INSERT INTO billing_subscriptions AS b (id, "userId", "planId", status, "startedAt", "periodEnd", "changedAt", stage)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (id) DO UPDATE SET
       "userId" = coalesce(b."userId", excluded."userId"), "planId" = coalesce(excluded."planId", b."planId"),
       status = excluded.status, "startedAt" = excluded."startedAt", "periodEnd" = excluded."periodEnd",
       "changedAt" = excluded."changedAt", stage = excluded.stage
     WHERE b."changedAt" IS NULL OR (b."changedAt", b.stage) <= (excluded."changedAt", excluded.stage)
     RETURNING "userId"`,
    [subscriptionId, userId, planId ?? null, status, startedAt, periodEnd, at, STAGES.indexOf(stage)],
  );
  return saved;
}

/** Of the subscriptions that hold, the one that began last counts. */
async function settle(manager: EntityManager, userId: string): Promise<void> {
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
