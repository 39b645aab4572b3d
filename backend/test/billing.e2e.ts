import { randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './faults/waiting.js';
import { ApiClient } from './support/api-client.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';
import {
  BILLING_SECRET,
  checkoutObject,
  newSubscriptionId,
  signatureOf,
  stripeEvent,
  subscriptionObject,
  type SubscriptionFacts,
} from './support/stripe-events.js';

const PLANS = `
- { id: free, name: Free }
- { id: plus, name: Plus }
- { id: pro, name: Pro }
`;
const RECEIVED = { status: 200, answer: { received: true } };

const NOTHING = { plan: { id: 'free' }, status: 'ACTIVE' };

interface Plan {
  readonly plan: { readonly id: string };
  readonly subscription: { readonly plan: { readonly id: string }; readonly status: string };
}

describe.each(MODES)('what the payment service tells, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;
  let userId: string;
  let subscriptionId: string;

  beforeAll(async () => {
    const env = { BILLING_WEBHOOK_SECRET: BILLING_SECRET };
    rivulet = await startInstallation(mode, { plans: PLANS, env });
    // Who administers the installation, and is on the largest plan.
    await ApiClient.signedUp(rivulet.apis[0].url, 'first@example.com');
  });
  afterAll(() => rivulet.stop());
  beforeEach(async () => {
    ada = await ApiClient.guest(rivulet.apis[1].url);
    userId = (await ada.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
    subscriptionId = newSubscriptionId();
  });

  async function send(
    payload: string | Buffer,
    signature?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; answer: unknown }> {
    const response = await fetch(`${rivulet.apis[0].url}/billing/webhook`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(signature && { 'stripe-signature': signature }),
        ...headers,
      },
      body: payload,
    });
    return { status: response.status, answer: await response.json() };
  }

  /** Sends it as Stripe does. */
  function tell(event: object): Promise<{ status: number; answer: unknown }> {
    const payload = JSON.stringify(event, null, 2);
    return send(payload, signatureOf(payload));
  }

  function subscription(what: string, facts: Partial<SubscriptionFacts>, at?: Date): object {
    const object = subscriptionObject({ id: subscriptionId, userId, ...facts });
    return stripeEvent(`customer.subscription.${what}`, object, at);
  }

  async function seen(): Promise<Plan> {
    const { viewer } = await ada.data<{ viewer: Plan }>(
      '{ viewer { plan { id } subscription { plan { id } status } } }',
    );
    return viewer;
  }

  /** The other process hears of it by the bell. */
  async function untilOn(planId: string): Promise<void> {
    await eventually(`on the plan ${planId}`, async () => (await seen()).plan.id === planId);
  }

  it('moves plans, in every process', async () => {
    expect(await tell(subscription('created', { lookupKey: 'plus' }))).toEqual(RECEIVED);
    await untilOn('plus');
    expect(await tell(subscription('updated', { pricePlanId: 'pro' }))).toEqual(RECEIVED);
    await untilOn('pro');
    expect(await tell(subscription('updated', { pricePlanId: 'pro', status: 'past_due' }))).toEqual(RECEIVED);
    await eventually('is past due', async () => (await seen()).subscription.status === 'PAST_DUE');
    expect((await seen()).plan.id).toBe('pro');
    expect(await tell(subscription('deleted', { pricePlanId: 'pro', status: 'canceled' }))).toEqual(RECEIVED);
    await untilOn('free');
    expect((await seen()).subscription.status).toBe('ENDED');
  });

  it('counts once, however often and in whatever order it is told', async () => {
    const hour = (hours: number): Date => new Date(Date.now() + hours * 3600_000);
    const started = subscription('created', { lookupKey: 'plus' }, hour(-3));
    const moved = subscription('updated', { lookupKey: 'pro' }, hour(-2));
    await tell(moved);
    await untilOn('pro');
    for (const event of [started, moved, started]) expect(await tell(event)).toEqual(RECEIVED);
    expect((await seen()).subscription).toEqual({ plan: { id: 'pro' }, status: 'ACTIVE' });
    const ended = subscription('deleted', { lookupKey: 'pro', status: 'canceled' }, hour(-1));
    await tell(ended);
    await untilOn('free');
    for (const event of [moved, started]) expect(await tell(event)).toEqual(RECEIVED);
    expect((await seen()).subscription).toEqual({ plan: { id: 'pro' }, status: 'ENDED' });
  });

  it('is for the user whom the checkout names, also where that is told last', async () => {
    await tell(subscription('created', { userId: undefined, lookupKey: 'plus' }));
    expect((await seen()).subscription).toEqual(NOTHING);
    await tell(stripeEvent('checkout.session.completed', checkoutObject(subscriptionId, userId)));
    await untilOn('plus');
  });

  it('goes along with the guest who has paid and signs in, however they are called afterwards', async () => {
    const email = `${randomUUID()}@example.com`;
    const elsewhere = await ApiClient.signedUp(rivulet.apis[0].url, email);
    await tell(subscription('created', { lookupKey: 'plus' }));
    await untilOn('plus');
    await ada.signIn(email, 'correct horse');
    expect((await seen()).plan.id).toBe('plus');
    const guest = ada;
    // The browser in which they were signed in before, too.
    ada = elsewhere;
    await untilOn('plus');
    await tell(subscription('updated', { lookupKey: 'pro' }));
    await untilOn('pro');
    await tell(subscription('deleted', { lookupKey: 'pro', status: 'canceled' }));
    await untilOn('free');
    // What they were about to pay for when they signed in.
    subscriptionId = newSubscriptionId();
    await tell(subscription('created', { userId: undefined, lookupKey: 'plus' }));
    await tell(stripeEvent('checkout.session.completed', checkoutObject(subscriptionId, userId)));
    await untilOn('plus');
    ada = guest;
    await untilOn('plus');
  });

  it('is taken, so that it is not sent for ever, where it is of no use here', async () => {
    for (const event of [
      subscription('created', { id: 'sub_1', userId: randomUUID(), lookupKey: 'plus' }),
      subscription('created', { id: 'sub_2', userId: 'nobody', lookupKey: 'plus' }),
      subscription('created', { lookupKey: 'no-such-plan' }),
      stripeEvent('invoice.paid', { id: 'in_1', object: 'invoice' }),
    ])
      expect(await tell(event)).toEqual(RECEIVED);
    expect((await seen()).subscription).toEqual(NOTHING);
  });

  it('is believed by its signature alone', async () => {
    const payload = JSON.stringify(subscription('created', { lookupKey: 'pro' }));
    const longAgo = new Date(Date.now() - 600_000);
    for (const [body, signature] of [
      [payload, undefined],
      [payload, 'nonsense'],
      [payload, signatureOf(payload, { secret: 'whsec_of_somebody_else' })],
      [payload, signatureOf(payload, { at: longAgo })],
      // The same event, written otherwise.
      [JSON.stringify(JSON.parse(payload), null, 1), signatureOf(payload)],
      ['{ "id": ', signatureOf('{ "id": ')],
      ['', signatureOf('')],
    ] as const) {
      expect(await send(body, signature)).toEqual({
        status: 400,
        answer: {
          errors: [expect.objectContaining({ extensions: { code: 'VALIDATION_FAILED', retryable: false } })],
        },
      });
    }
    expect((await seen()).subscription).toEqual(NOTHING);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=iso-8859-1'])(
    'is what was signed, whatever type it is said to be: %s',
    async (contentType) => {
      const payload = JSON.stringify(subscription('created', { lookupKey: 'plus' }));
      expect(await send(payload, signatureOf(payload), { 'content-type': contentType })).toEqual(RECEIVED);
      await untilOn('plus');
    },
  );

  it('is short', async () => {
    const payload = JSON.stringify({ ...subscription('created', {}), filler: 'x'.repeat(600_000) });
    expect((await send(payload, signatureOf(payload))).status).toBe(413);
  });

  it.each(['gzip', 'deflate', 'br'])('does not come folded: %s', async (encoding) => {
    const payload = JSON.stringify(subscription('created', { lookupKey: 'plus' }));
    const folded = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding];
    const sent = send(folded?.(payload) ?? '', signatureOf(payload), { 'content-encoding': encoding });
    expect(await sent).toEqual({
      status: 415,
      answer: {
        errors: [expect.objectContaining({ extensions: { code: 'VALIDATION_FAILED', retryable: false } })],
      },
    });
    expect((await seen()).subscription).toEqual(NOTHING);
  });

  it('is not asked for', async () => {
    expect((await fetch(`${rivulet.apis[0].url}/billing/webhook`)).status).toBe(404);
  });
});

describe('what a payment service tells where there is none', () => {
  let rivulet: Installation;
  beforeAll(async () => {
    rivulet = await startInstallation('one process');
  });
  afterAll(() => rivulet.stop());

  it('finds nobody', async () => {
    const payload = JSON.stringify(stripeEvent('invoice.paid', {}));
    const response = await fetch(`${rivulet.apis[0].url}/billing/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signatureOf(payload) },
      body: payload,
    });
    expect(response.status).toBe(404);
  });
});
