import { describe, expect, it } from '@jest/globals';
import { PlanCatalog } from './plan-catalog.js';
import type { PlanSubscription } from './plan-subscription.js';
import { PlanService, type Subscriber } from './plan.service.js';
import type { SubscriptionRepository } from './subscription-repository.js';

const UNLIMITED = { models: ['*'], messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null };
const PLANS = new PlanCatalog(['free', 'gold', 'all'].map((id) => ({ ...UNLIMITED, id, name: id })));

function user(id: string, isAdmin = false): Subscriber {
  return { id, isAdmin, planId: null };
}

describe(PlanService.name, () => {
  describe('subscriptionsOf', () => {
    const periodEnd = new Date('2026-01-01');
    const subscribed: Record<string, PlanSubscription> = {
      ada: { planId: 'gold', status: 'ENDED', periodEnd },
      eve: { planId: 'gone', status: 'ACTIVE', periodEnd: null },
    };
    const service = new PlanService(PLANS, {
      of: () => Promise.resolve(new Map(Object.entries(subscribed))),
    } as Partial<SubscriptionRepository> as SubscriptionRepository);

    it('says what each has subscribed to, in the order of those asked for', async () => {
      const found = await service.subscriptionsOf([
        user('bob'),
        user('ada'),
        user('root', true),
        user('eve'),
      ]);
      expect(found.map(({ plan, ...rest }) => ({ plan: plan.id, ...rest }))).toEqual([
        { plan: 'free', status: 'ACTIVE', periodEnd: null },
        { plan: 'gold', status: 'ENDED', periodEnd },
        { plan: 'all', status: 'ACTIVE', periodEnd: null },
        { plan: 'free', status: 'ACTIVE', periodEnd: null },
      ]);
    });
  });
});
