import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { STAGES, type SubscriptionOwner } from '../billing/billing-event.js';
import {
  BillingRepository,
  type BillingNews,
  type BillingOutcome,
  type PlannedSubscription,
} from '../billing/billing-repository.js';
import { settleBilling, takeBillingTurn } from './billed-plan.js';
import { isUuid } from './rows.js';

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
      await takeBillingTurn(manager);
      if (!(await isNew(manager, eventId))) return { type: 'repeated' };
      const owner = await userOf(manager, news.userId);
      const saved =
        news.type === 'owner'
          ? await saveOwner(manager, news, owner)
          : await saveState(manager, news, at, owner);
      if (!saved) return { type: 'outdated' };
      if (saved.userId === null) return { type: 'unknown-user' };
      await settleBilling(manager, saved.userId);
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

/** The id, or that of the account which a guest has become part of, if it is of somebody who is here. */
async function userOf(manager: EntityManager, userId: string | undefined): Promise<string | null> {
  if (userId === undefined || !isUuid(userId)) return null;
  const [user] = await manager.query<{ id: string }[]>(
    `SELECT id FROM users
     WHERE id = coalesce((SELECT "userId" FROM adopted_guests WHERE "guestId" = $1), $1) FOR KEY SHARE`,
    [userId],
  );
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
