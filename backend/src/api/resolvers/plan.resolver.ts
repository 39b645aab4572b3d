import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import { ModelAccess, type ViewerModel } from '../../plans/model-access.service.js';
import { PlanCatalog } from '../../plans/plan-catalog.js';
import type { SubscribedPlan } from '../../plans/plan.service.js';
import type { Plan } from '../../plans/plan.js';
import type { Usage } from '../../plans/usage.js';
import { ByApiToken } from '../access.guard.js';
import type { Loaders } from '../loaders.js';
import { CurrentLoaders, OptionalViewer } from '../request-context.js';
import { ModelType } from '../types/model.type.js';
import { PlanSubscriptionType, PlanType } from '../types/plan.type.js';
import { UsageType } from '../types/usage.type.js';
import { UserType } from '../types/user.type.js';

@Resolver(() => PlanType)
export class PlanResolver {
  constructor(
    private readonly catalog: PlanCatalog,
    private readonly access: ModelAccess,
  ) {}

  @ByApiToken('chat:read')
  @Query(() => [PlanType], { description: 'The plans that this installation offers, cheapest first.' })
  plans(): readonly Plan[] {
    return this.catalog.all;
  }

  @ResolveField(() => [ModelType])
  async models(@Parent() plan: Plan, @OptionalViewer() viewer: Viewer | undefined): Promise<ViewerModel[]> {
    return (await this.access.list(viewer)).filter(({ plans }) => plans.includes(plan));
  }
}

/** What a user may use. */
@Resolver(() => UserType)
export class UserPlanResolver {
  constructor(private readonly catalog: PlanCatalog) {}

  @ResolveField(() => PlanType)
  plan(@Parent() viewer: Viewer): Plan {
    return this.catalog.of(viewer);
  }

  @ResolveField(() => PlanSubscriptionType)
  subscription(@Parent() viewer: Viewer, @CurrentLoaders() loaders: Loaders): Promise<SubscribedPlan> {
    return loaders.subscription.load(viewer);
  }

  @ResolveField(() => UsageType)
  usage(@Parent() viewer: Viewer, @CurrentLoaders() loaders: Loaders): Promise<Usage> {
    return loaders.usage.load(viewer);
  }
}
