import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRepository } from '../accounts/account-repository.js';
import { PinnedModelEntity } from './entities/pinned-model.entity.js';
import { UserEntity } from './entities/user.entity.js';

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
}
