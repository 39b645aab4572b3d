import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessRepository } from '../accounts/access-repository.js';
import { AccountRepository } from '../accounts/account-repository.js';
import { IdentityRepository } from '../accounts/identity-repository.js';
import { BillingRepository } from '../billing/billing-repository.js';
import { AttachmentRepository } from '../chat/attachment-repository.js';
import { ChatChangeRepository } from '../chat/chat-changes.js';
import { ChatRepository } from '../chat/chat-repository.js';
import { SessionRepository } from '../chat/session-repository.js';
import { StreamRepository } from '../chat/stream-repository.js';
import { TitleRepository } from '../chat/title-repository.js';
import { AppConfig } from '../config/app-config.js';
import { AccountDirectory } from '../plans/account-directory.js';
import { SubscriptionRepository } from '../plans/subscription-repository.js';
import { UsageRepository } from '../plans/usage-repository.js';
import { dataSourceOptions } from './data-source.js';
import { PostgresAccessRepository } from './postgres-access.repository.js';
import { PostgresAccountDirectory } from './postgres-account-directory.js';
import { PostgresAccountRepository } from './postgres-account.repository.js';
import { PostgresAttachmentRepository } from './postgres-attachment.repository.js';
import { PostgresBillingRepository } from './postgres-billing.repository.js';
import { PostgresChatChangeRepository } from './postgres-chat-change.repository.js';
import { PostgresChatRepository } from './postgres-chat.repository.js';
import { PostgresIdentityRepository } from './postgres-identity.repository.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { PostgresStreamRepository } from './postgres-stream.repository.js';
import { PostgresSubscriptionRepository } from './postgres-subscription.repository.js';
import { PostgresTitleRepository } from './postgres-title.repository.js';
import { PostgresUsageRepository } from './postgres-usage.repository.js';

/** Offers every repository on PostgreSQL. Global, so that nobody but the root module knows it. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ databaseUrl }: AppConfig) => {
        if (!databaseUrl)
          throw new Error('the embedded PostgreSQL must have been started before the application');
        return { ...dataSourceOptions(databaseUrl), retryAttempts: 3 };
      },
    }),
  ],
  providers: [
    { provide: AccessRepository, useClass: PostgresAccessRepository },
    { provide: AccountRepository, useClass: PostgresAccountRepository },
    { provide: IdentityRepository, useClass: PostgresIdentityRepository },
    { provide: ChatChangeRepository, useClass: PostgresChatChangeRepository },
    { provide: ChatRepository, useClass: PostgresChatRepository },
    { provide: AttachmentRepository, useClass: PostgresAttachmentRepository },
    { provide: SessionRepository, useClass: PostgresSessionRepository },
    { provide: AccountDirectory, useClass: PostgresAccountDirectory },
    { provide: TitleRepository, useClass: PostgresTitleRepository },
    { provide: StreamRepository, useClass: PostgresStreamRepository },
    { provide: SubscriptionRepository, useClass: PostgresSubscriptionRepository },
    { provide: UsageRepository, useClass: PostgresUsageRepository },
    { provide: BillingRepository, useClass: PostgresBillingRepository },
  ],
  exports: [
    AccessRepository,
    AccountRepository,
    IdentityRepository,
    ChatChangeRepository,
    ChatRepository,
    AttachmentRepository,
    SessionRepository,
    TitleRepository,
    StreamRepository,
    AccountDirectory,
    SubscriptionRepository,
    UsageRepository,
    BillingRepository,
  ],
})
export class PostgresModule {}
