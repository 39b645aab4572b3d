import { Module } from '@nestjs/common';
import { BellModule } from '../bell/bell.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { Administrators } from './administrators.service.js';
import { ApiTokens } from './api-tokens.service.js';
import { Doorkeeper } from './doorkeeper.service.js';
import { Entrance } from './entrance.service.js';
import { Identities } from './identities.service.js';
import { OpenIdConnect } from './open-id-connect.js';
import { PasswordHasher } from './password-hasher.js';
import { Passwords } from './passwords.service.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SignIns } from './sign-ins.service.js';
import { SignUp } from './sign-up.service.js';

/** Who somebody is. `PostgresModule` (global) offers the repositories. */
@Module({
  imports: [BellModule, LimitsModule],
  providers: [
    Doorkeeper,
    Administrators,
    PasswordHasher,
    SignIns,
    Entrance,
    SignUp,
    SignInThrottle,
    Passwords,
    ApiTokens,
    OpenIdConnect,
    Identities,
  ],
  exports: [BellModule, Doorkeeper, SignIns, SignUp, Passwords, ApiTokens, OpenIdConnect, Identities],
})
export class AccountsModule {}
