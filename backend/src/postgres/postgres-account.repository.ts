import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRepository } from '../accounts/account-repository.js';
import type { Viewer } from '../accounts/viewer.js';
import { PinnedModelEntity } from './entities/pinned-model.entity.js';
import { SignInEntity } from './entities/sign-in.entity.js';
import { UserEntity } from './entities/user.entity.js';
import { PreparedStatement } from './prepared-statement.js';

/** `$1`: the hash of the token. */
const VIEWER_BY_SIGN_IN = new PreparedStatement<Viewer>(
  'viewer-by-sign-in',
  `SELECT u.id, u.email, u."displayName", u."isGuest", u."planId" FROM sign_ins s JOIN users u ON u.id = s."userId"
   WHERE s."tokenHash" = $1 AND s."expiresAt" > now()`,
);

function viewerOf({ id, email, displayName, isGuest, planId }: UserEntity): Viewer {
  return { id, email, displayName, isGuest, planId };
}

/** Accounts in PostgreSQL. */
@Injectable()
export class PostgresAccountRepository extends AccountRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async createGuest(displayName: string): Promise<Viewer> {
    return viewerOf(
      await this.db
        .getRepository(UserEntity)
        .save({ displayName, email: null, isGuest: true, planId: 'free' }),
    );
  }

  async addSignIn(userId: string, tokenHash: Buffer, ttlSeconds: number): Promise<void> {
    await this.db.query(
      `INSERT INTO sign_ins ("tokenHash", "userId", "expiresAt") VALUES ($1, $2, now() + make_interval(secs => $3))`,
      [tokenHash, userId, ttlSeconds],
    );
  }

  async viewerBySignIn(tokenHash: Buffer): Promise<Viewer | undefined> {
    const [viewer] = await VIEWER_BY_SIGN_IN.run(this.db, [tokenHash]);
    return viewer;
  }

  async removeSignIn(tokenHash: Buffer): Promise<void> {
    await this.db.getRepository(SignInEntity).delete({ tokenHash });
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
