import { Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AccountService } from '../../accounts/account.service.js';
import { PLANS, planOf, type Plan } from '../../accounts/plans.js';
import type { Viewer } from '../../accounts/viewer.js';
import { ModelAccess, type ViewerModel } from '../../accounts/model-access.service.js';
import { CurrentContext, OptionalViewer, type RequestContext } from '../request-context.js';
import { clearSignInCookie, setSignInCookie, signInToken } from '../sign-in-cookie.js';
import { ModelType } from '../types/model.type.js';
import { PlanType, UserType } from '../types/user.type.js';

@Resolver(() => UserType)
export class AccountResolver {
  constructor(private readonly accounts: AccountService) {}

  @Query(() => UserType, { nullable: true, description: 'The signed-in user, or null.' })
  viewer(@OptionalViewer() viewer: Viewer | undefined): Viewer | null {
    return viewer ?? null;
  }

  @Query(() => [PlanType], { description: 'The plans that this installation offers, cheapest first.' })
  plans(): readonly Plan[] {
    return PLANS;
  }

  @Mutation(() => UserType, { description: 'A throw-away account, where the installation allows guests.' })
  async continueAsGuest(@CurrentContext() { req, res }: RequestContext): Promise<Viewer> {
    const { viewer, token } = await this.accounts.continueAsGuest();
    setSignInCookie(req, res, token);
    return viewer;
  }

  @Mutation(() => Boolean)
  async signOut(@CurrentContext() { req, res }: RequestContext): Promise<boolean> {
    await this.accounts.signOut(signInToken(req));
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
