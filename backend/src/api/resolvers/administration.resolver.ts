import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import type { Account } from '../../plans/account.js';
import { Administration } from '../../plans/administration.service.js';
import { PlanCatalog } from '../../plans/plan-catalog.js';
import type { SubscribedPlan } from '../../plans/plan.service.js';
import type { Plan } from '../../plans/plan.js';
import type { Usage } from '../../plans/usage.js';
import { SetAccountPlanInput } from '../inputs/administration.inputs.js';
import type { Loaders } from '../loaders.js';
import { CurrentLoaders, CurrentViewer } from '../request-context.js';
import { AccountType } from '../types/account.type.js';
import { AccountConnectionType, connectionOf } from '../types/page.types.js';
import { PlanSubscriptionType, PlanType } from '../types/plan.type.js';
import { UsageType } from '../types/usage.type.js';

@Resolver(() => AccountType)
export class AdministrationResolver {
  constructor(
    private readonly administration: Administration,
    private readonly catalog: PlanCatalog,
  ) {}

  @Query(() => AccountConnectionType, {
    description:
      'Administrators: all accounts, newest first; `search` finds part of an email address or name.',
  })
  async accounts(
    @CurrentViewer() viewer: Viewer,
    @Args('first', { type: () => Int, defaultValue: 30 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ): Promise<AccountConnectionType> {
    return connectionOf(
      await this.administration.accounts(viewer, first, after ?? undefined, search ?? undefined),
    );
  }

  @Mutation(() => AccountType, {
    description: 'Administrators: puts an account on a plan, until `periodEnd` or for good.',
  })
  setAccountPlan(
    @Args('input') { periodEnd, ...input }: SetAccountPlanInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Account> {
    return this.administration.setPlan(viewer, { ...input, periodEnd: periodEnd ?? null });
  }

  @ResolveField(() => PlanType, { description: 'What holds now.' })
  plan(@Parent() account: Account): Plan {
    return this.catalog.of(account);
  }

  @ResolveField(() => PlanSubscriptionType)
  subscription(@Parent() account: Account, @CurrentLoaders() loaders: Loaders): Promise<SubscribedPlan> {
    return loaders.subscription.load(account);
  }

  @ResolveField(() => UsageType)
  usage(@Parent() account: Account, @CurrentLoaders() loaders: Loaders): Promise<Usage> {
    return loaders.usage.load(account);
  }
}
