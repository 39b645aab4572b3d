import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import { PlanCatalog } from '../plans/plan-catalog.js';
import type { BillingEvent, SubscriptionState } from './billing-event.js';
import { BillingEvents } from './billing-events.js';
import { BillingRepository, type BillingNews, type BillingOutcome } from './billing-repository.js';
import { BillingService } from './billing.service.js';

Logger.overrideLogger(false);

const UNLIMITED = { models: ['*'], messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null };
const PLANS = new PlanCatalog(['free', 'plus'].map((id) => ({ ...UNLIMITED, id, name: id })));
const SIGNED = 'signed';

class OneEvent extends BillingEvents {
  constructor(private readonly event: BillingEvent) {
    super();
  }

  read(_body: Buffer, signature: string): BillingEvent | undefined {
    return signature === SIGNED ? this.event : undefined;
  }
}

class Applied extends BillingRepository {
  readonly news: BillingNews['news'][] = [];
  outcome: BillingOutcome = { type: 'applied', userId: 'ada' };

  apply({ news }: BillingNews): Promise<BillingOutcome> {
    this.news.push(news);
    return Promise.resolve(this.outcome);
  }
}

describe(BillingService.name, () => {
  let billing: Applied;
  let rung: string[];

  beforeEach(() => {
    billing = new Applied();
    rung = [];
  });

  function receive(news: BillingEvent['news'], signature = SIGNED) {
    const bell = new InMemoryAccountBell();
    bell.listen({ changed: (userId) => rung.push(userId), missed: () => undefined });
    const events = new OneEvent({ id: 'evt', name: 'changed', at: new Date(0), news });
    return new BillingService(events, billing, PLANS, bell).receive(Buffer.of(), signature);
  }

  function subscription(...planNames: string[]): SubscriptionState {
    return {
      ...{ type: 'subscription', subscriptionId: 'sub', stage: 'changed', userId: 'ada', planNames },
      ...{ status: 'ACTIVE', startedAt: new Date(0), periodEnd: null },
    };
  }

  describe('receive', () => {
    it('takes the first name that is a plan here, and has every process hear of it', async () => {
      expect(await receive(subscription('plus_monthly', 'plus', 'free'))).toBe('received');
      expect(billing.news).toMatchObject([{ subscriptionId: 'sub', planId: 'plus' }]);
      expect(rung).toEqual(['ada']);
    });

    it('passes on what it says besides where no name is a plan here', async () => {
      expect(await receive(subscription('gold'))).toBe('received');
      expect(billing.news).toMatchObject([{ subscriptionId: 'sub', planId: undefined, status: 'ACTIVE' }]);
    });

    it.each(['repeated', 'outdated', 'unknown-user'] as const)(
      'takes what is %s, and tells nobody',
      async (type) => {
        billing.outcome = { type };
        expect(await receive(subscription('plus'))).toBe('received');
        expect(rung).toEqual([]);
      },
    );

    it('takes what is no news here', async () => {
      expect(await receive(undefined)).toBe('received');
      expect(billing.news).toEqual([]);
    });

    it('takes nothing that is not signed', async () => {
      expect(await receive(subscription('plus'), 'forged')).toBe('not-signed');
      expect(billing.news).toEqual([]);
    });

    it('takes nothing where there is no payment service', async () => {
      const service = new BillingService(undefined, billing, PLANS, new InMemoryAccountBell());
      expect(await service.receive(Buffer.of(), SIGNED)).toBe('not-configured');
    });
  });
});
