import { Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AccountService } from '../../accounts/account.service.js';
import { PLANS, planOf, type Plan } from '../../accounts/plans.js';
import { SignIns } from '../../accounts/sign-ins.service.js';
import type { Viewer } from '../../accounts/viewer.js';
import { ModelAccess, type ViewerModel } from '../../accounts/model-access.service.js';
import { ByApiToken } from '../access.guard.js';
import { CurrentContext, OptionalViewer, type RequestContext } from '../request-context.js';
import { clearSignInCookie, setSignInCookie } from '../sign-in-cookie.js';
import { ModelType } from '../types/model.type.js';
import { PlanType, UserType } from '../types/user.type.js';

@Resolver(() => UserType)
export class AccountResolver {
  constructor(
    private readonly accounts: AccountService,
    private readonly signIns: SignIns,
  ) {}

  @ByApiToken('chat:read')
  @Query(() => UserType, { nullable: true, description: 'The signed-in user, or null.' })
  viewer(@OptionalViewer() viewer: Viewer | undefined): Viewer | null {
    return viewer ?? null;
  }

  @ByApiToken('chat:read')
  @Query(() => [PlanType], { description: 'The plans that this installation offers, cheapest first.' })
  plans(): readonly Plan[] {
    return PLANS;
  }

  @Mutation(() => UserType, { description: 'A throw-away account, where the installation allows guests.' })
  async continueAsGuest(@CurrentContext() { req, res, credential }: RequestContext): Promise<Viewer> {
    const { viewer, secret } = await this.accounts.continueAsGuest(credential);
    setSignInCookie(req, res, secret);
    return viewer;
  }

  @Mutation(() => Boolean)
  async signOut(@CurrentContext() { res, credential }: RequestContext): Promise<boolean> {
    await this.signIns.end(credential);
    clearSignInCookie(res);
    return true;
  }

  @ResolveField(() => PlanType)
  plan(@Parent() viewer: Viewer): Plan {
    return planOf(viewer.planId);
  }
}

@Resolver(() => PlanType)
export class PlanResolver {
  constructor(private readonly access: ModelAccess) {}

  @ResolveField(() => [ModelType])
  async models(@Parent() plan: Plan, @OptionalViewer() viewer: Viewer | undefined): Promise<ViewerModel[]> {
    return (await this.access.list(viewer)).filter((model) => model.plans.includes(plan.id));
  }
}
