import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccessRepository, type FoundViewer } from '../accounts/access-repository.js';
import type { ApiTokenScope } from '../accounts/viewer.js';
import { SignInEntity } from './entities/sign-in.entity.js';
import { PreparedStatement } from './prepared-statement.js';
import { ENDS_IN_MS, foundViewer, VIEWER_COLUMNS, type ViewerRow } from './viewer-rows.js';

/** `$1`: the hash of the secret. */
const VIEWER_BY_SIGN_IN = new PreparedStatement<ViewerRow>(
  'viewer-by-sign-in',
  `SELECT ${VIEWER_COLUMNS}, ${ENDS_IN_MS} FROM sign_ins a JOIN users u ON u.id = a."userId"
   WHERE a."tokenHash" = $1 AND a."expiresAt" > now()`,
);

/** `$1`: the hash of the secret. The use is noted in the same breath, where the last note is old enough. */
const VIEWER_BY_API_TOKEN = new PreparedStatement<
  ViewerRow & { readonly tokenId: string; readonly scopes: ApiTokenScope[] }
>(
  'viewer-by-api-token',
  `WITH used AS (
     UPDATE api_tokens SET "lastUsedAt" = now()
     WHERE "tokenHash" = $1 AND ("expiresAt" IS NULL OR "expiresAt" > now())
       AND ("lastUsedAt" IS NULL OR "lastUsedAt" < now() - interval '1 minute')
   )
   SELECT ${VIEWER_COLUMNS}, ${ENDS_IN_MS}, a.id AS "tokenId", a.scopes
   FROM api_tokens a JOIN users u ON u.id = a."userId"
   WHERE a."tokenHash" = $1 AND (a."expiresAt" IS NULL OR a."expiresAt" > now())`,
);

/** Sign-ins and API tokens in PostgreSQL. */
@Injectable()
export class PostgresAccessRepository extends AccessRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async addSignIn(userId: string, tokenHash: Buffer, ttlSeconds: number): Promise<void> {
    await this.db.query(
      `INSERT INTO sign_ins ("tokenHash", "userId", "expiresAt") VALUES ($1, $2, now() + make_interval(secs => $3))`,
      [tokenHash, userId, ttlSeconds],
    );
  }

  async removeSignIn(tokenHash: Buffer): Promise<void> {
    await this.db.getRepository(SignInEntity).delete({ tokenHash });
  }

  async viewerBySignIn(tokenHash: Buffer): Promise<FoundViewer | undefined> {
    const [row] = await VIEWER_BY_SIGN_IN.run(this.db, [tokenHash]);
    return row && foundViewer(row, { type: 'sign-in', id: tokenHash.toString('hex') });
  }

  async viewerByApiToken(tokenHash: Buffer): Promise<FoundViewer | undefined> {
    const [row] = await VIEWER_BY_API_TOKEN.run(this.db, [tokenHash]);
    return row && foundViewer(row, { type: 'api-token', id: row.tokenId, scopes: row.scopes });
  }
}
