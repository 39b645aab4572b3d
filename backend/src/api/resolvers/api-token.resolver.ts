import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ApiToken } from '../../accounts/api-token.js';
import { ApiTokens } from '../../accounts/api-tokens.service.js';
import type { Viewer } from '../../accounts/viewer.js';
import { CreateApiTokenInput } from '../inputs/account.inputs.js';
import { CurrentViewer } from '../request-context.js';
import { ApiTokenType, CreateApiTokenPayload } from '../types/api-token.type.js';
import { UserType } from '../types/user.type.js';

@Resolver(() => UserType)
export class ApiTokenResolver {
  constructor(private readonly tokens: ApiTokens) {}

  @Mutation(() => CreateApiTokenPayload)
  createApiToken(
    @Args('input') input: CreateApiTokenInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<{ apiToken: ApiToken; secret: string }> {
    return this.tokens.create(viewer, input);
  }

  @Mutation(() => ApiTokenType, {
    description: 'It opens nothing from now on, and the streams that it opened end. Returns what it was.',
  })
  revokeApiToken(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ApiToken> {
    return this.tokens.revoke(viewer, id);
  }

  @ResolveField(() => [ApiTokenType], {
    description: 'Newest first, those that have expired as well. Not to be asked for with an API token.',
  })
  apiTokens(@Parent() viewer: Viewer): Promise<ApiToken[]> {
    return this.tokens.list(viewer);
  }
}
