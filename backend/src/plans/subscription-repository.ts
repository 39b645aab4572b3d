import type { PlanSubscription } from './plan-subscription.js';

/** Who has subscribed to what, by an administrator's word or by a payment: the one that began last counts. */
export abstract class SubscriptionRepository {
  /** By user: the one that holds, or else the last one. Those who have none are not in it. */
  abstract of(userIds: readonly string[]): Promise<Map<string, PlanSubscription>>;
  /** An administrator's word: this plan, until `periodEnd` or for good. False: there is no such user. */
  abstract set(userId: string, planId: string, periodEnd: Date | null): Promise<boolean>;
}
