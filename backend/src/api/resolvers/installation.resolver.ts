import { Query, Resolver } from '@nestjs/graphql';
import { AppConfig } from '../../config/app-config.js';
import { ByApiToken } from '../access.guard.js';
import { InstallationType } from '../types/installation.type.js';

@Resolver(() => InstallationType)
export class InstallationResolver {
  constructor(private readonly config: AppConfig) {}

  @ByApiToken('chat:read')
  @Query(() => InstallationType, {
    description: 'What this installation offers to somebody who is not signed in.',
  })
  installation(): InstallationType {
    const { signUpAllowed, guestsAllowed } = this.config;
    return { signUpAllowed, guestsAllowed, openIdConnect: null };
  }
}
