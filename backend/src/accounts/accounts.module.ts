import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { AccountService } from './account.service.js';
import { ModelAccess } from './model-access.service.js';

/** Who somebody is and what they may use. `PostgresModule` (global) offers the repositories. */
@Module({
  imports: [ProvidersModule],
  providers: [AccountService, ModelAccess],
  exports: [AccountService, ModelAccess],
})
export class AccountsModule {}
