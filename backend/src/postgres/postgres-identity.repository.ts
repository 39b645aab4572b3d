import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdentityRepository } from '../accounts/identity-repository.js';
import type { IdentityKey } from '../accounts/identity.js';

/** Identities of OpenID providers in PostgreSQL. */
@Injectable()
export class PostgresIdentityRepository extends IdentityRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async userOf({ issuer, subject }: IdentityKey): Promise<string | undefined> {
    const [row] = await this.db.query<{ userId: string }[]>(
      'SELECT "userId" FROM identities WHERE issuer = $1 AND subject = $2',
      [issuer, subject],
    );
    return row?.userId;
  }

  async link({ issuer, subject }: IdentityKey, userId: string): Promise<void> {
    await this.db.query(
      'INSERT INTO identities (issuer, subject, "userId") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [issuer, subject, userId],
    );
  }
}
