import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PlanSubscription } from '../plans/plan-subscription.js';
import { SubscriptionRepository } from '../plans/subscription-repository.js';
import { isUuid } from './rows.js';
import { OVER, SUBSCRIPTION_COLUMNS } from './subscription-rows.js';

/** Subscriptions in PostgreSQL. */
@Injectable()
export class PostgresSubscriptionRepository extends SubscriptionRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async of(userIds: readonly string[]): Promise<Map<string, PlanSubscription>> {
    const rows = await this.db.query<(PlanSubscription & { userId: string })[]>(
      `SELECT DISTINCT ON (p."userId") ${SUBSCRIPTION_COLUMNS} FROM plan_subscriptions p
       WHERE p."userId" = ANY ($1) ORDER BY p."userId", ${OVER}, p.since DESC`,
      [userIds],
    );
    return new Map(rows.map(({ userId, ...subscription }) => [userId, subscription]));
  }

  async set(userId: string, planId: string, periodEnd: Date | null): Promise<boolean> {
    if (!isUuid(userId)) return false;
    const rows = await this.db.query<unknown[]>(
      `INSERT INTO plan_subscriptions AS p ("userId", source, "planId", status, "periodEnd", since)
       SELECT u.id, 'ADMINISTRATOR', $2, 'ACTIVE', $3, now() FROM users u WHERE u.id = $1
       ON CONFLICT ("userId", source) DO UPDATE SET ("planId", "periodEnd", since) =
         (excluded."planId", excluded."periodEnd", excluded.since)
       RETURNING p."userId"`,
      [userId, planId, periodEnd],
    );
    return rows.length > 0;
  }
}
