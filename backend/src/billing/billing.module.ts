import { Module } from '@nestjs/common';
import { AccountBell } from '../bell/account-bell.js';
import { BellModule } from '../bell/bell.module.js';
import { AppConfig } from '../config/app-config.js';
import { PlanCatalog } from '../plans/plan-catalog.js';
import { PlansModule } from '../plans/plans.module.js';
import type { BillingEvents } from './billing-events.js';
import { BillingRepository } from './billing-repository.js';
import { BillingService } from './billing.service.js';

/** Loaded only where it is used: Stripe's library is large. */
async function eventsOf({ billingWebhookSecret: secret }: AppConfig): Promise<BillingEvents | undefined> {
  if (secret === undefined) return undefined;
  const { StripeBillingEvents } = await import('./stripe-billing-events.js');
  return new StripeBillingEvents(secret);
}

/** What the payment service tells. `PostgresModule` (global) offers the repository. */
@Module({
  imports: [BellModule, PlansModule],
  providers: [
    {
      provide: BillingService,
      inject: [AppConfig, BillingRepository, PlanCatalog, AccountBell],
      useFactory: async (
        config: AppConfig,
        billing: BillingRepository,
        plans: PlanCatalog,
        bell: AccountBell,
      ) => new BillingService(await eventsOf(config), billing, plans, bell),
    },
  ],
  exports: [BillingService],
})
export class BillingModule {}
