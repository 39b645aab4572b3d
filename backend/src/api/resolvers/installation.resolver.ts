import { Query, Resolver } from '@nestjs/graphql';
import { AppConfig } from '../../config/app-config.js';
import { ByApiToken } from '../access.guard.js';
import { OPEN_ID_PATH } from '../open-id-flow-cookie.js';
import { InstallationType } from '../types/installation.type.js';

@Resolver(() => InstallationType)
export class InstallationResolver {
  constructor(private readonly config: AppConfig) {}

  @ByApiToken('chat:read')
  @Query(() => InstallationType, {
    description: 'What this installation offers to somebody who is not signed in.',
  })
  installation(): InstallationType {
    const { signUpAllowed, guestsAllowed, openIdConnect } = this.config;
    return {
      ...{ signUpAllowed, guestsAllowed },
      openIdConnect: openIdConnect ? { name: openIdConnect.name, path: OPEN_ID_PATH } : null,
    };
  }
}
