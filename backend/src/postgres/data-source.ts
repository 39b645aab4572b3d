import { DataSource, type DataSourceOptions } from 'typeorm';
import { POOL_OPTIONS } from '../config/pool-options.js';
import { AdoptedGuestEntity } from './entities/adopted-guest.entity.js';
import { ApiTokenEntity } from './entities/api-token.entity.js';
import { AttachmentEntity } from './entities/attachment.entity.js';
import { ChatSessionEntity } from './entities/chat-session.entity.js';
import { ChatEntity } from './entities/chat.entity.js';
import { IdentityEntity } from './entities/identity.entity.js';
import { MessageAttachmentEntity } from './entities/message-attachment.entity.js';
import { MessageEntity } from './entities/message.entity.js';
import { PinnedModelEntity } from './entities/pinned-model.entity.js';
import { BillingEventEntity } from './entities/billing-event.entity.js';
import { BillingSubscriptionEntity } from './entities/billing-subscription.entity.js';
import { PlanSubscriptionEntity } from './entities/plan-subscription.entity.js';
import { SignInEntity } from './entities/sign-in.entity.js';
import { UsageEntity } from './entities/usage.entity.js';
import { UserEntity } from './entities/user.entity.js';
import { Initial1763900000000 } from './migrations/1763900000000-initial.js';
import { RenewalsWriteNoIndex1763950000000 } from './migrations/1763950000000-renewals-write-no-index.js';
import { DeletingFindsSessions1764000000000 } from './migrations/1764000000000-deleting-finds-sessions.js';
import { Accounts1764100000000 } from './migrations/1764100000000-accounts.js';
import { PlanSubscriptions1764200000000 } from './migrations/1764200000000-plan-subscriptions.js';
import { Usage1764210000000 } from './migrations/1764210000000-usage.js';
import { AccountsNewestFirst1764220000000 } from './migrations/1764220000000-accounts-newest-first.js';
import { Billing1764230000000 } from './migrations/1764230000000-billing.js';
import { AdoptedGuests1764300000000 } from './migrations/1764300000000-adopted-guests.js';
import { GuestsOldestFirst1764301000000 } from './migrations/1764301000000-guests-oldest-first.js';
import { ContinuedReplies1764310000000 } from './migrations/1764310000000-continued-replies.js';
import { Titles1764315000000 } from './migrations/1764315000000-titles.js';
import { ChatsPutAway1764320000000 } from './migrations/1764320000000-chats-put-away.js';
import { ChatsImported1764321000000 } from './migrations/1764321000000-chats-imported.js';
import { ChatSettings1764330000000 } from './migrations/1764330000000-chat-settings.js';
import { ChatsKnowTheirChanges1764340000000 } from './migrations/1764340000000-chats-know-their-changes.js';
import { UnreadReplies1764350000000 } from './migrations/1764350000000-unread-replies.js';
import { Companions1764360000000 } from './migrations/1764360000000-companions.js';
import { Attachments1764370000000 } from './migrations/1764370000000-attachments.js';

/** Any number: the lock that keeps two starting processes from migrating at once. */
const MIGRATION_LOCK = 7_105_422;

/** Options of every connection to the product's database. */
export function dataSourceOptions(databaseUrl: string): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'rivulet',
    extra: POOL_OPTIONS,
    // gen_random_uuid() is part of PostgreSQL itself; no extension is needed.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    entities: [
      ...[UserEntity, SignInEntity, ApiTokenEntity, IdentityEntity, PlanSubscriptionEntity, UsageEntity],
      ...[BillingEventEntity, BillingSubscriptionEntity, AdoptedGuestEntity],
      ...[PinnedModelEntity, ChatEntity, MessageEntity, ChatSessionEntity],
      ...[AttachmentEntity, MessageAttachmentEntity],
    ],
    migrations: [
      Initial1763900000000,
      RenewalsWriteNoIndex1763950000000,
      DeletingFindsSessions1764000000000,
      Accounts1764100000000,
      PlanSubscriptions1764200000000,
      Usage1764210000000,
      AccountsNewestFirst1764220000000,
      Billing1764230000000,
      AdoptedGuests1764300000000,
      GuestsOldestFirst1764301000000,
      ContinuedReplies1764310000000,
      Titles1764315000000,
      ChatsPutAway1764320000000,
      ChatsImported1764321000000,
      ChatSettings1764330000000,
      ChatsKnowTheirChanges1764340000000,
      UnreadReplies1764350000000,
      Companions1764360000000,
      Attachments1764370000000,
    ],
    migrationsTransactionMode: 'all',
  };
}

/** Brings the schema up to date; processes that start together take turns. */
export async function migrate(databaseUrl: string): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
  const turn = dataSource.createQueryRunner();
  try {
    await turn.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
    await turn.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await turn.release();
    await dataSource.destroy();
  }
}
