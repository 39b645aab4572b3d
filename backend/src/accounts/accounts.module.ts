import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { AccountService } from './account.service.js';
import { Doorkeeper } from './doorkeeper.service.js';
import { ModelAccess } from './model-access.service.js';
import { SignIns } from './sign-ins.service.js';

/** Who somebody is and what they may use. `PostgresModule` (global) offers the repositories. */
@Module({
  imports: [ProvidersModule],
  providers: [Doorkeeper, SignIns, AccountService, ModelAccess],
  exports: [Doorkeeper, SignIns, AccountService, ModelAccess],
})
export class AccountsModule {}
