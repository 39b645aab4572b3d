import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Passwords } from '../../accounts/passwords.service.js';
import type { Viewer } from '../../accounts/viewer.js';
import { ChangePasswordInput, DeleteAccountInput } from '../inputs/account.inputs.js';
import { CurrentContext, CurrentViewer, type RequestContext } from '../request-context.js';
import { clearSignInCookie } from '../sign-in-cookie.js';
import { UserType } from '../types/user.type.js';

/** What needs the password once more. */
@Resolver()
export class PasswordResolver {
  constructor(private readonly passwords: Passwords) {}

  @Mutation(() => UserType, { description: 'Ends every other sign-in.' })
  changePassword(
    @Args('input') input: ChangePasswordInput,
    @CurrentViewer() viewer: Viewer,
    @CurrentContext() context: RequestContext,
  ): Promise<Viewer> {
    return this.passwords.change(viewer, input, context);
  }

  @Mutation(() => Boolean, { description: "Deletes the viewer's account with all that hangs on it." })
  async deleteAccount(
    @Args('input') { password }: DeleteAccountInput,
    @CurrentViewer() viewer: Viewer,
    @CurrentContext() context: RequestContext,
  ): Promise<boolean> {
    await this.passwords.deleteAccount(viewer, password, context);
    clearSignInCookie(context.res);
    return true;
  }
}
