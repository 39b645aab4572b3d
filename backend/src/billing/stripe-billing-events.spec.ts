import { describe, expect, it } from '@jest/globals';
import {
  BILLING_SECRET,
  checkoutObject,
  signatureOf,
  stripeEvent,
  subscriptionObject,
  type SubscriptionFacts,
} from '../../test/support/stripe-events.js';
import type { BillingEvent } from './billing-event.js';
import { StripeBillingEvents } from './stripe-billing-events.js';

const events = new StripeBillingEvents(BILLING_SECRET);
const startedAt = new Date('2026-01-01T00:00:00Z');
const periodEnd = new Date('2026-02-01T00:00:00Z');

function read(event: object): BillingEvent | undefined {
  const payload = JSON.stringify(event);
  return events.read(Buffer.from(payload), signatureOf(payload));
}

function newsOf(type: string, facts: Partial<SubscriptionFacts>): BillingEvent['news'] {
  return read(stripeEvent(type, subscriptionObject({ id: 'sub_1', startedAt, periodEnd, ...facts })))?.news;
}

describe(StripeBillingEvents.name, () => {
  describe('read', () => {
    it('says what a subscription is, and when that came about', () => {
      const at = new Date('2026-01-05T06:07:08Z');
      const facts = { id: 'sub_1', userId: 'ada', lookupKey: 'gold', startedAt, periodEnd };
      const event = stripeEvent('customer.subscription.created', subscriptionObject(facts), at);
      expect(read(event)).toEqual({
        ...{ id: (event as { id: string }).id, name: 'customer.subscription.created', at },
        news: {
          ...{ type: 'subscription', subscriptionId: 'sub_1', stage: 'created', userId: 'ada' },
          ...{ planNames: ['gold'], status: 'ACTIVE', startedAt, periodEnd },
        },
      });
    });

    it.each([
      ['created', 'created'],
      ['updated', 'changed'],
      ['paused', 'changed'],
      ['resumed', 'changed'],
      ['deleted', 'deleted'],
    ])('places customer.subscription.%s among events of the same second: %s', (type, stage) => {
      expect(newsOf(`customer.subscription.${type}`, {})).toMatchObject({ stage });
    });

    it.each([
      ['active', 'ACTIVE'],
      ['trialing', 'ACTIVE'],
      ['past_due', 'PAST_DUE'],
      ['canceled', 'ENDED'],
      ['unpaid', 'ENDED'],
      ['incomplete', 'ENDED'],
      ['incomplete_expired', 'ENDED'],
      ['paused', 'ENDED'],
      ['of_the_future', 'ENDED'],
    ] as const)('takes %s for %s', (status, expected) => {
      expect(newsOf('customer.subscription.updated', { status })).toMatchObject({ status: expected });
    });

    it('names the plan by the price before the subscription, whose words stay when the plan changes', () => {
      const names = { lookupKey: 'plus_monthly', pricePlanId: 'plus', planId: 'free' };
      expect(newsOf('customer.subscription.updated', names)).toMatchObject({
        planNames: ['plus_monthly', 'plus', 'free'],
      });
      expect(newsOf('customer.subscription.updated', {})).toMatchObject({ planNames: [], userId: undefined });
    });

    it('finds the end of the period where older versions of the API have it', () => {
      const subscription = subscriptionObject({ id: 'sub_1', lookupKey: 'plus' });
      const item = { price: { lookup_key: 'plus', metadata: {} } };
      const old = {
        ...subscription,
        items: { data: [item] },
        current_period_end: periodEnd.getTime() / 1000,
      };
      expect(read(stripeEvent('customer.subscription.updated', old))?.news).toMatchObject({ periodEnd });
    });

    it('says whose a subscription is that was bought in a checkout', () => {
      expect(read(stripeEvent('checkout.session.completed', checkoutObject('sub_1', 'ada')))?.news).toEqual({
        ...{ type: 'owner', subscriptionId: 'sub_1', userId: 'ada' },
      });
    });

    it.each([
      [
        'a checkout of something else',
        stripeEvent('checkout.session.completed', checkoutObject(null, 'ada')),
      ],
      ['a checkout of nobody', stripeEvent('checkout.session.completed', checkoutObject('sub_1'))],
      ['something else', stripeEvent('invoice.paid', { id: 'in_1', object: 'invoice' })],
    ])('has no news of %s', (_what, event) => {
      expect(read(event)).toMatchObject({ news: undefined });
    });

    it.each<[string, (payload: string) => string]>([
      ['the signature of somebody else', (payload) => signatureOf(payload, { secret: 'whsec_other' })],
      ['the signature of another body', () => signatureOf('{}')],
      ['no signature', () => ''],
      ['no signature of Stripe', () => 'v1=abc'],
      [
        'a signature of ten minutes ago',
        (payload) => signatureOf(payload, { at: new Date(Date.now() - 600_000) }),
      ],
    ])('takes nothing with %s', (_what, sign) => {
      const payload = JSON.stringify(stripeEvent('invoice.paid', {}));
      expect(events.read(Buffer.from(payload), sign(payload))).toBeUndefined();
    });

    it('takes nothing that is no JSON, though it is signed', () => {
      expect(events.read(Buffer.from('hello'), signatureOf('hello'))).toBeUndefined();
    });
  });
});
