import type { SubscriptionStatus } from '../plans/plan-subscription.js';

/** In the order in which events of one second come about, whatever the order in which they arrive. */
export const STAGES = ['created', 'changed', 'deleted'] as const;
export type Stage = (typeof STAGES)[number];

/** What a subscription is from now on. */
export interface SubscriptionState {
  readonly type: 'subscription';
  readonly subscriptionId: string;
  readonly stage: Stage;
  /** Where the subscription names its user. */
  readonly userId?: string;
  /** What may name its plan, the best first. */
  readonly planNames: readonly string[];
  readonly status: SubscriptionStatus;
  readonly startedAt: Date;
  readonly periodEnd: Date | null;
}

/** Whose a subscription is. */
export interface SubscriptionOwner {
  readonly type: 'owner';
  readonly subscriptionId: string;
  readonly userId: string;
}

/** What the payment service tells. It may tell it more than once, late, and in any order. */
export interface BillingEvent {
  readonly id: string;
  /** The payment service's own name of what happened, for the log. */
  readonly name: string;
  readonly at: Date;
  /** Left out: nothing that matters here. */
  readonly news?: SubscriptionState | SubscriptionOwner;
}
