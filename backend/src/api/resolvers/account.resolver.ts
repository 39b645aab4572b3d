import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { AccountService } from '../../accounts/account.service.js';
import { SignIns } from '../../accounts/sign-ins.service.js';
import type { Viewer } from '../../accounts/viewer.js';
import { ByApiToken } from '../access.guard.js';
import { CurrentContext, OptionalViewer, type RequestContext } from '../request-context.js';
import { clearSignInCookie, setSignInCookie } from '../sign-in-cookie.js';
import { UserType } from '../types/user.type.js';

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
}
