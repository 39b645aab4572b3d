import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccessRepository, type FoundViewer } from '../accounts/access-repository.js';
import type { ApiToken, NewApiToken } from '../accounts/api-token.js';
import type { ApiTokenScope } from '../accounts/viewer.js';
import { PreparedStatement } from './prepared-statement.js';
import { isUuid } from './rows.js';
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

/** Columns of a token, without its hash. */
const TOKEN_COLUMNS = 'id, name, scopes, "createdAt", "expiresAt", "lastUsedAt"';

/** Sign-ins and API tokens in PostgreSQL. */
@Injectable()
export class PostgresAccessRepository extends AccessRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async addSignIn(userId: string, tokenHash: Buffer, ttlSeconds: number): Promise<void> {
    await this.db.query(
      `WITH over AS (DELETE FROM sign_ins WHERE "userId" = $2 AND "expiresAt" <= now())
       INSERT INTO sign_ins ("tokenHash", "userId", "expiresAt") VALUES ($1, $2, now() + make_interval(secs => $3))`,
      [tokenHash, userId, ttlSeconds],
    );
  }

  async removeSignIn(tokenHash: Buffer): Promise<string | undefined> {
    const [rows] = await this.db.query<[{ userId: string }[], number]>(
      `DELETE FROM sign_ins WHERE "tokenHash" = $1 RETURNING "userId"`,
      [tokenHash],
    );
    return rows[0]?.userId;
  }

  async removeSignIns(userId: string, except?: Buffer): Promise<void> {
    await this.db.query(`DELETE FROM sign_ins WHERE "userId" = $1 AND "tokenHash" IS DISTINCT FROM $2`, [
      ...[userId, except ?? null],
    ]);
  }

  async viewerBySignIn(tokenHash: Buffer): Promise<FoundViewer | undefined> {
    const [row] = await VIEWER_BY_SIGN_IN.run(this.db, [tokenHash]);
    return row && foundViewer(row, { type: 'sign-in', id: tokenHash.toString('hex') });
  }

  async viewerByApiToken(tokenHash: Buffer): Promise<FoundViewer | undefined> {
    const [row] = await VIEWER_BY_API_TOKEN.run(this.db, [tokenHash]);
    return row && foundViewer(row, { type: 'api-token', id: row.tokenId, scopes: row.scopes });
  }

  async apiTokens(userId: string): Promise<ApiToken[]> {
    return this.db.query<ApiToken[]>(
      `SELECT ${TOKEN_COLUMNS} FROM api_tokens WHERE "userId" = $1 ORDER BY "createdAt" DESC, id`,
      [userId],
    );
  }

  async addApiToken(token: NewApiToken, atMost: number): Promise<ApiToken | undefined> {
    const { userId, name, scopes, expiresAt, tokenHash } = token;
    return this.db.transaction(async (manager) => {
      // Those of one user take turns, so that each counts what there is.
      await manager.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
      const [row] = await manager.query<ApiToken[]>(
        `INSERT INTO api_tokens ("userId", name, scopes, "expiresAt", "tokenHash")
         SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM api_tokens WHERE "userId" = $1) < $6
         RETURNING ${TOKEN_COLUMNS}`,
        [userId, name, scopes, expiresAt, tokenHash, atMost],
      );
      return row;
    });
  }

  async removeApiToken(userId: string, id: string): Promise<ApiToken | undefined> {
    if (!isUuid(id)) return undefined;
    const [rows] = await this.db.query<[ApiToken[], number]>(
      `DELETE FROM api_tokens WHERE id = $2 AND "userId" = $1 RETURNING ${TOKEN_COLUMNS}`,
      [userId, id],
    );
    return rows[0];
  }
}
