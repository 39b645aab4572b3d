import { Query, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import { ByApiToken } from '../access.guard.js';
import { OptionalViewer } from '../request-context.js';
import { UserType } from '../types/user.type.js';

@Resolver(() => UserType)
export class AccountResolver {
  @ByApiToken('chat:read')
  @Query(() => UserType, { nullable: true, description: 'The signed-in user, or null.' })
  viewer(@OptionalViewer() viewer: Viewer | undefined): Viewer | null {
    return viewer ?? null;
  }
}
