import { Injectable, Logger } from '@nestjs/common';
import { AccountBell } from '../bell/account-bell.js';
import { PlanCatalog } from '../plans/plan-catalog.js';
import type { BillingEvent, SubscriptionOwner, SubscriptionState } from './billing-event.js';
import { BillingEvents } from './billing-events.js';
import { BillingRepository, type BillingOutcome, type PlannedSubscription } from './billing-repository.js';

/** Moves plans by what the payment service tells. */
@Injectable()
export class BillingService {
  private readonly logger = new Logger(BillingService.name);

  /** @param events left out: this installation has no payment service. */
  constructor(
    private readonly events: BillingEvents | undefined,
    private readonly billing: BillingRepository,
    private readonly plans: PlanCatalog,
    private readonly bell: AccountBell,
  ) {}

  /**
   * Takes one event. What it says may be of no use here (a user or a plan that there is not): it is taken all the same, and
   * logged, for sending it again would not help. Rejects where it should be sent again.
   */
  async receive(body: Buffer, signature: string): Promise<'received' | 'not-signed' | 'not-configured'> {
    if (!this.events) return 'not-configured';
    const event = this.events.read(body, signature);
    if (!event) return 'not-signed';
    const { id, at, news } = event;
    if (news)
      this.conclude(event, await this.billing.apply({ eventId: id, at, news: this.planned(event, news) }));
    return 'received';
  }

  private planned(
    { id, name }: BillingEvent,
    news: SubscriptionState | SubscriptionOwner,
  ): PlannedSubscription | SubscriptionOwner {
    if (news.type === 'owner') return news;
    const { planNames, ...state } = news;
    const planId = planNames.find((planName) => this.plans.find(planName));
    if (!planId && state.status !== 'ENDED') {
      this.logger.error(`${name} ${id}: no plan is called ${planNames.join(', ') || 'anything'}`);
    }
    return { ...state, planId };
  }

  private conclude({ id, name }: BillingEvent, outcome: BillingOutcome): void {
    if (outcome.type === 'applied') this.bell.ring(outcome.userId);
    else if (outcome.type === 'unknown-user') this.logger.warn(`${name} ${id}: names no user who is here`);
  }
}
