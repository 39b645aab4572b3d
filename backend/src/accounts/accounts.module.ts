import { Module } from '@nestjs/common';
import { AccountService } from './account.service.js';
import { Doorkeeper } from './doorkeeper.service.js';
import { SignIns } from './sign-ins.service.js';

/** Who somebody is. `PostgresModule` (global) offers the repositories. */
@Module({
  providers: [Doorkeeper, SignIns, AccountService],
  exports: [Doorkeeper, SignIns, AccountService],
})
export class AccountsModule {}
