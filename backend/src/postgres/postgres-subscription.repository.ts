import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PlanSubscription } from '../plans/plan-subscription.js';
import { SubscriptionRepository } from '../plans/subscription-repository.js';
import { isUuid } from './rows.js';
import { SUBSCRIPTION_COLUMNS } from './subscription-rows.js';

/** Subscriptions in PostgreSQL. */
@Injectable()
export class PostgresSubscriptionRepository extends SubscriptionRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async of(userIds: readonly string[]): Promise<Map<string, PlanSubscription>> {
    const rows = await this.db.query<(PlanSubscription & { userId: string })[]>(
      `SELECT ${SUBSCRIPTION_COLUMNS} FROM plan_subscriptions p WHERE p."userId" = ANY ($1)`,
      [userIds],
    );
    return new Map(rows.map(({ userId, ...subscription }) => [userId, subscription]));
  }

  async set(userId: string, planId: string, periodEnd: Date | null): Promise<boolean> {
    if (!isUuid(userId)) return false;
    const rows = await this.db.query<unknown[]>(
      `INSERT INTO plan_subscriptions AS p ("userId", "planId", status, "periodEnd", source, "changedAt")
       SELECT u.id, $2, 'ACTIVE', $3, 'ADMINISTRATOR', now() FROM users u WHERE u.id = $1
       ON CONFLICT ("userId") DO UPDATE SET ("planId", status, "periodEnd", source, "changedAt") =
         (excluded."planId", excluded.status, excluded."periodEnd", excluded.source, excluded."changedAt")
       RETURNING p."userId"`,
      [userId, planId, periodEnd],
    );
    return rows.length > 0;
  }
}
