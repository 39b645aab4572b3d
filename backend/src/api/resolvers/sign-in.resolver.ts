import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Passwords } from '../../accounts/passwords.service.js';
import { SignIns, type SignIn } from '../../accounts/sign-ins.service.js';
import { SignUp } from '../../accounts/sign-up.service.js';
import type { Viewer } from '../../accounts/viewer.js';
import { SignInInput, SignUpInput } from '../inputs/account.inputs.js';
import { CurrentContext, CurrentViewer, type RequestContext } from '../request-context.js';
import { clearSignInCookie, setSignInCookie } from '../sign-in-cookie.js';
import { UserType } from '../types/user.type.js';

function entered({ req, res }: RequestContext, { viewer, secret }: SignIn): Viewer {
  setSignInCookie(req, res, secret);
  return viewer;
}

/** Coming and going. */
@Resolver()
export class SignInResolver {
  constructor(
    private readonly signUps: SignUp,
    private readonly passwords: Passwords,
    private readonly signIns: SignIns,
  ) {}

  @Mutation(() => UserType, {
    description:
      'Makes an account and signs in. A guest becomes it, and keeps their chats; their API tokens end.',
  })
  async signUp(
    @Args('input') input: SignUpInput,
    @CurrentContext() context: RequestContext,
  ): Promise<Viewer> {
    return entered(context, await this.signUps.signUp(input, context));
  }

  @Mutation(() => UserType, {
    description: 'Signs in. The account takes over the chats of a guest who does.',
  })
  async signIn(
    @Args('input') input: SignInInput,
    @CurrentContext() context: RequestContext,
  ): Promise<Viewer> {
    return entered(context, await this.passwords.signIn(input, context));
  }

  @Mutation(() => UserType, {
    description:
      'A throw-away account, where the installation allows guests. Whoever is signed in already stays who they are.',
  })
  async continueAsGuest(@CurrentContext() context: RequestContext): Promise<Viewer> {
    // A page that was opened before somebody came would take their place with another, and nobody could reach their chats.
    return context.viewer ?? entered(context, await this.signUps.continueAsGuest(context));
  }

  @Mutation(() => Boolean)
  async signOut(@CurrentContext() { res, credential }: RequestContext): Promise<boolean> {
    await this.signIns.end(credential);
    clearSignInCookie(res);
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Ends every sign-in of the viewer, this one included. API tokens stay: they are revoked one by one.',
  })
  async signOutEverywhere(
    @CurrentViewer() { id }: Viewer,
    @CurrentContext() { res }: RequestContext,
  ): Promise<boolean> {
    await this.signIns.endAll(id);
    clearSignInCookie(res);
    return true;
  }
}
