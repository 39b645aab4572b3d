import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  AccountRepository,
  type NewAccount,
  type NewAccountOutcome,
  type StoredPassword,
} from '../accounts/account-repository.js';
import { adoptGuest } from './adopt-guest.js';
import { createAccount } from './create-account.js';
import { PinnedModelEntity } from './entities/pinned-model.entity.js';
import { UserEntity } from './entities/user.entity.js';
import { removeGuests } from './remove-guests.js';
import { movePin } from './move-pin.js';

/** Accounts in PostgreSQL. */
@Injectable()
export class PostgresAccountRepository extends AccountRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async createGuest(displayName: string): Promise<string> {
    const { id } = await this.db.getRepository(UserEntity).save({ displayName, email: null, isGuest: true });
    return id;
  }

  createAccount(account: NewAccount, guestId: string | undefined): Promise<NewAccountOutcome> {
    return createAccount(this.db, account, guestId);
  }

  adopt(guestId: string, userId: string): Promise<void> {
    return adoptGuest(this.db, guestId, userId);
  }

  async passwordByEmail(email: string): Promise<StoredPassword | undefined> {
    const [row] = await this.db.query<StoredPassword[]>(
      'SELECT id AS "userId", "passwordHash" FROM users WHERE lower(email) = lower($1)',
      [email],
    );
    return row;
  }

  async passwordHash(userId: string): Promise<string | null> {
    const [row] = await this.db.query<{ passwordHash: string | null }[]>(
      'SELECT "passwordHash" FROM users WHERE id = $1',
      [userId],
    );
    return row?.passwordHash ?? null;
  }

  async changePassword(userId: string, from: string | null, to: string): Promise<boolean> {
    const [, changed] = await this.db.query<[unknown[], number]>(
      'UPDATE users SET "passwordHash" = $3 WHERE id = $1 AND "passwordHash" IS NOT DISTINCT FROM $2',
      [userId, from, to],
    );
    return changed > 0;
  }

  async makeAdministrator(email: string): Promise<void> {
    await this.db.query('UPDATE users SET "isAdmin" = true WHERE lower(email) = lower($1)', [email]);
  }

  async delete(userId: string): Promise<void> {
    await this.db.getRepository(UserEntity).delete({ id: userId });
  }

  removeGuests(days: number, atMost: number): Promise<string[]> {
    return removeGuests(this.db, days, atMost);
  }

  async pinnedModels(userId: string): Promise<string[]> {
    const pins = await this.db
      .getRepository(PinnedModelEntity)
      .find({ where: { userId }, order: { position: 'ASC' } });
    return pins.map((pin) => pin.modelId);
  }

  async pinModel(userId: string, modelId: string): Promise<void> {
    await this.db.query(
      `INSERT INTO pinned_models ("userId", "modelId") VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [userId, modelId],
    );
  }

  async unpinModel(userId: string, modelId: string): Promise<void> {
    await this.db.getRepository(PinnedModelEntity).delete({ userId, modelId });
  }

  movePinnedModel(userId: string, modelId: string, before: string | undefined): Promise<void> {
    return movePin(this.db, userId, modelId, before);
  }
}
