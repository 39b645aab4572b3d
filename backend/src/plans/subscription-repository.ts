import type { PlanSubscription } from './plan-subscription.js';

/** Who has subscribed to what: one subscription a user, or none. */
export abstract class SubscriptionRepository {
  /** By user; those who have none are not in it. */
  abstract of(userIds: readonly string[]): Promise<Map<string, PlanSubscription>>;
  /** Puts a user on a plan, until `periodEnd` or for good, whatever was before. False: there is no such user. */
  abstract set(userId: string, planId: string, periodEnd: Date | null): Promise<boolean>;
}
