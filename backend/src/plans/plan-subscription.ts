/** `PAST_DUE`: a payment is late, and the plan goes on for some days. `ENDED`: it holds no more. */
export const SUBSCRIPTION_STATUSES = ['ACTIVE', 'PAST_DUE', 'ENDED'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** Whose word a subscription is. */
export type SubscriptionSource = 'ADMINISTRATOR' | 'BILLING';

/** What somebody has subscribed to. */
export interface PlanSubscription {
  readonly planId: string;
  /** By the database's clock, at the moment of reading. */
  readonly status: SubscriptionStatus;
  /** `null`: for good. */
  readonly periodEnd: Date | null;
}
