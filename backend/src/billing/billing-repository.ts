import type { SubscriptionOwner, SubscriptionState } from './billing-event.js';

/** A subscription with the plan that its names lead to here, if any. */
export type PlannedSubscription = Omit<SubscriptionState, 'planNames'> & {
  readonly planId: string | undefined;
};

export interface BillingNews {
  readonly eventId: string;
  readonly at: Date;
  readonly news: PlannedSubscription | SubscriptionOwner;
}

/**
 * What became of an event. `repeated`: it had been heard before. `outdated`: something newer of its subscription had.
 * `unknown-user`: it names nobody who is here; what it says is kept, should another event say whose it is.
 */
export type BillingOutcome =
  | { readonly type: 'applied'; readonly userId: string }
  | { readonly type: 'repeated' | 'outdated' | 'unknown-user' };

/** What the payment service has told. */
export abstract class BillingRepository {
  /**
   * Notes the event, and puts its user on the plan of the subscription that began last of those that hold. All of it, or
   * nothing.
   */
  abstract apply(news: BillingNews): Promise<BillingOutcome>;
}
