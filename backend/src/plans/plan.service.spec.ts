import { describe, expect, it } from '@jest/globals';
import { PlanCatalog } from './plan-catalog.js';
import type { PlanSubscription } from './plan-subscription.js';
import { PlanService, type Subscriber } from './plan.service.js';
import type { SubscriptionRepository } from './subscription-repository.js';
import type { UsageRepository } from './usage-repository.js';
import type { UsageFigures } from './usage.js';

const UNLIMITED = { models: ['*'], messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null };
const PLANS = new PlanCatalog([
  { ...UNLIMITED, id: 'free', name: 'Free', messagesPerDay: 10, tokensPerMonth: 5000, repliesAtOnce: 2 },
  ...['gold', 'all'].map((id) => ({ ...UNLIMITED, id, name: id })),
]);
const DAY_ENDS = new Date('2026-01-02');
const MONTH_ENDS = new Date('2026-02-01');

function user(id: string, isAdmin = false): Subscriber {
  return { id, isAdmin, planId: null };
}

describe(PlanService.name, () => {
  function serviceOn(
    subscribed: Record<string, PlanSubscription>,
    used: Record<string, Pick<UsageFigures, 'messagesToday' | 'tokensThisMonth' | 'repliesAtOnce'>> = {},
  ): PlanService {
    const subscriptions = { of: () => Promise.resolve(new Map(Object.entries(subscribed))) };
    const figures = Object.entries(used).map(
      ([id, own]) => [id, { ...own, dayEnds: DAY_ENDS, monthEnds: MONTH_ENDS }] as const,
    );
    const usage = { of: () => Promise.resolve(new Map(figures)) };
    return new PlanService(
      PLANS,
      subscriptions as Partial<SubscriptionRepository> as SubscriptionRepository,
      usage satisfies UsageRepository,
    );
  }

  describe('subscriptionsOf', () => {
    const periodEnd = new Date('2026-01-01');
    const subscribed: Record<string, PlanSubscription> = {
      ada: { planId: 'gold', status: 'ENDED', periodEnd },
      eve: { planId: 'gone', status: 'ACTIVE', periodEnd: null },
    };
    const service = serviceOn(subscribed);

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

  describe('usageOf', () => {
    it('says what is left of each limit, and never less than nothing', async () => {
      const used = { messagesToday: 3, tokensThisMonth: 6000, repliesAtOnce: 2 };
      expect(await serviceOn({}, { ada: used }).usageOf([user('ada')])).toEqual([
        {
          messagesToday: { used: 3, limit: 10, remaining: 7, resetsAt: DAY_ENDS },
          tokensThisMonth: { used: 6000, limit: 5000, remaining: 0, resetsAt: MONTH_ENDS },
          repliesAtOnce: { used: 2, limit: 2, remaining: 0, resetsAt: null },
        },
      ]);
    });

    it('goes by the plan of each', async () => {
      const used = { messagesToday: 3, tokensThisMonth: 0, repliesAtOnce: 0 };
      const [root, ada] = await serviceOn({}, { ada: used, root: used }).usageOf([
        user('root', true),
        user('ada'),
      ]);
      expect(root?.messagesToday).toEqual({ used: 3, limit: null, remaining: null, resetsAt: DAY_ENDS });
      expect(ada?.messagesToday.limit).toBe(10);
    });
  });
});
