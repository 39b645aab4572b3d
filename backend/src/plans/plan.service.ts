import { Injectable } from '@nestjs/common';
import { PlanCatalog } from './plan-catalog.js';
import type { PlanSubscription } from './plan-subscription.js';
import type { Plan, PlanHolder } from './plan.js';
import { SubscriptionRepository } from './subscription-repository.js';
import { UsageRepository } from './usage-repository.js';
import { quotaOf, type Usage } from './usage.js';

export type Subscriber = PlanHolder & { readonly id: string };

/** A subscription with the plan that it is to. */
export type SubscribedPlan = Omit<PlanSubscription, 'planId'> & { readonly plan: Plan };

/** What somebody has subscribed to, and what they have used of it. */
@Injectable()
export class PlanService {
  constructor(
    private readonly plans: PlanCatalog,
    private readonly subscriptions: SubscriptionRepository,
    private readonly usage: UsageRepository,
  ) {}

  /** In the order of `users`. Somebody who has subscribed to nothing has their plan for good. */
  async subscriptionsOf(users: readonly Subscriber[]): Promise<SubscribedPlan[]> {
    const byUser = await this.subscriptions.of(users.map(({ id }) => id));
    return users.map((user) => {
      const subscription = byUser.get(user.id);
      if (!subscription) return { plan: this.plans.of(user), status: 'ACTIVE', periodEnd: null };
      const { planId, status, periodEnd } = subscription;
      return { plan: this.plans.of({ ...user, planId }), status, periodEnd };
    });
  }

  /** In the order of `users`. */
  async usageOf(users: readonly Subscriber[]): Promise<Usage[]> {
    const byUser = await this.usage.of(users.map(({ id }) => id));
    return users.map((user) => {
      const figures = byUser.get(user.id);
      if (!figures) throw new Error(`nothing is known of what ${user.id} has used`);
      const { messagesToday, tokensThisMonth, repliesAtOnce, dayEnds, monthEnds } = figures;
      const plan = this.plans.of(user);
      return {
        messagesToday: quotaOf(messagesToday, plan.messagesPerDay, dayEnds),
        tokensThisMonth: quotaOf(tokensThisMonth, plan.tokensPerMonth, monthEnds),
        repliesAtOnce: quotaOf(repliesAtOnce, plan.repliesAtOnce, null),
      };
    });
  }
}
