import Stripe from 'stripe';
import type { SubscriptionStatus } from '../plans/plan-subscription.js';
import type { BillingEvent, Stage, SubscriptionOwner, SubscriptionState } from './billing-event.js';
import { BillingEvents } from './billing-events.js';

/** Webhook events of Stripe: https://docs.stripe.com/billing/subscriptions/webhooks */
export class StripeBillingEvents extends BillingEvents {
  constructor(private readonly secret: string) {
    super();
  }

  read(body: Buffer, signature: string): BillingEvent | undefined {
    let event: Stripe.Event;
    try {
      event = Stripe.webhooks.constructEvent(body, signature, this.secret);
    } catch (error) {
      // A signature that is not ours, or a body that is no JSON: who sent it learns no more than that.
      if (error instanceof Stripe.errors.StripeError || error instanceof SyntaxError) return undefined;
      throw error;
    }
    const { id, type, created } = event;
    return { id, name: type, at: dateOf(created), news: newsOf(event) };
  }
}

/** Stripe counts seconds. */
function dateOf(seconds: number): Date {
  return new Date(seconds * 1000);
}

/** https://docs.stripe.com/api/events/types */
function newsOf(event: Stripe.Event): SubscriptionState | SubscriptionOwner | undefined {
  switch (event.type) {
    case 'customer.subscription.created':
      return stateOf(event.data.object, 'created');
    case 'customer.subscription.updated':
    case 'customer.subscription.paused':
    case 'customer.subscription.resumed':
      return stateOf(event.data.object, 'changed');
    case 'customer.subscription.deleted':
      return stateOf(event.data.object, 'deleted');
    case 'checkout.session.completed':
      return ownerOf(event.data.object);
    default:
      return undefined;
  }
}

function stateOf(subscription: Stripe.Subscription, stage: Stage): SubscriptionState {
  const { id, metadata, status, start_date: started } = subscription;
  const [item] = subscription.items.data;
  // What the price says comes first: a change of plan changes it, and leaves the subscription's own words.
  const names = [item?.price.lookup_key, item?.price.metadata['planId'], metadata['planId']];
  const periodEnd = item?.current_period_end ?? periodEndOfBefore(subscription);
  return {
    ...{ type: 'subscription', subscriptionId: id, stage, userId: metadata['userId'] },
    planNames: names.filter((name) => typeof name === 'string'),
    status: statusOf(status),
    startedAt: dateOf(started),
    periodEnd: periodEnd === undefined ? null : dateOf(periodEnd),
  };
}

/** Until its version 2025-03-31 the API had the end of the period in the subscription itself. */
function periodEndOfBefore(subscription: Stripe.Subscription): number | undefined {
  return (subscription as { readonly current_period_end?: number }).current_period_end;
}

/** https://docs.stripe.com/api/subscriptions/object#subscription_object-status */
function statusOf(status: Stripe.Subscription.Status): SubscriptionStatus {
  switch (status) {
    case 'active':
    case 'trialing':
      return 'ACTIVE';
    case 'past_due':
      return 'PAST_DUE';
    // Not paid yet, not paid at all, or over. What Stripe may invent is not known to be paid.
    default:
      return 'ENDED';
  }
}

function ownerOf(session: Stripe.Checkout.Session): SubscriptionOwner | undefined {
  const { subscription, client_reference_id: reference, metadata } = session;
  const userId = reference ?? metadata?.['userId'];
  if (!subscription || !userId) return undefined;
  const subscriptionId = typeof subscription === 'string' ? subscription : subscription.id;
  return { type: 'owner', subscriptionId, userId };
}
