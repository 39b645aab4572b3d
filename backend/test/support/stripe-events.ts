import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';

export const BILLING_SECRET = 'whsec_test';

export interface SubscriptionFacts {
  readonly id: string;
  readonly userId?: string;
  /** Of its price. */
  readonly lookupKey?: string;
  readonly pricePlanId?: string;
  readonly planId?: string;
  readonly status?: Stripe.Subscription.Status;
  readonly startedAt?: Date;
  readonly periodEnd?: Date;
}

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The id of a subscription of nobody else's. */
export const newSubscriptionId = (): string => `sub_${randomUUID()}`;

/** What Stripe sends: https://docs.stripe.com/api/events/object, with the fields that a receiver may look at. */
export function stripeEvent(type: string, object: object, at = new Date()): object {
  return {
    ...{ id: `evt_${randomUUID()}`, object: 'event', api_version: '2025-03-31.basil', type },
    ...{ created: secondsOf(at), data: { object }, livemode: false, pending_webhooks: 1 },
  };
}

/** https://docs.stripe.com/api/subscriptions/object */
export function subscriptionObject(facts: SubscriptionFacts): object {
  const { id, userId, lookupKey = null, pricePlanId, planId, status = 'active' } = facts;
  const { startedAt = new Date(), periodEnd = new Date(Date.now() + 30 * 24 * 3600_000) } = facts;
  const price = {
    ...{ id: 'price_1', object: 'price', lookup_key: lookupKey },
    metadata: pricePlanId ? { planId: pricePlanId } : {},
  };
  const item = { id: 'si_1', object: 'subscription_item', current_period_end: secondsOf(periodEnd), price };
  return {
    ...{ id, object: 'subscription', customer: 'cus_1', status, start_date: secondsOf(startedAt) },
    metadata: { ...(userId && { userId }), ...(planId && { planId }) },
    items: { object: 'list', data: [item], has_more: false },
  };
}

/** https://docs.stripe.com/api/checkout/sessions/object */
export function checkoutObject(subscription: string | null, userId?: string): object {
  return {
    ...{
      id: 'cs_1',
      object: 'checkout.session',
      mode: subscription ? 'subscription' : 'payment',
      subscription,
    },
    ...{ client_reference_id: userId ?? null, metadata: {}, customer: 'cus_1' },
  };
}

/** The header by which Stripe signs, made by its own library. */
export function signatureOf(payload: string, { secret = BILLING_SECRET, at = new Date() } = {}): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: secondsOf(at) });
}
