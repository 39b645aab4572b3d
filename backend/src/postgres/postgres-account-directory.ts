import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../errors/app-error.js';
import type { Page } from '../paging/page.js';
import { AccountDirectory } from '../plans/account-directory.js';
import type { Account } from '../plans/account.js';
import { containing } from './like.js';
import { isUuid } from './rows.js';
import { PLAN_ID } from './subscription-rows.js';

/** Columns of the user `u`, as `Account` has them. */
const COLUMNS = `u.id, u.email, u."displayName", u."isGuest", u."isAdmin", u."createdAt", ${PLAN_ID}`;

/** All users, in PostgreSQL. */
@Injectable()
export class PostgresAccountDirectory extends AccountDirectory {
  constructor(private readonly db: DataSource) {
    super();
  }

  async list(first: number, after?: string, search?: string): Promise<Page<Account>> {
    if (after !== undefined && !(await this.find(after))) {
      throw new AppError('VALIDATION_FAILED', 'after is no cursor of this list.');
    }
    const rows = await this.db.query<Account[]>(
      `SELECT ${COLUMNS} FROM users u
       WHERE ($1::uuid IS NULL OR (u."createdAt", u.id) < (SELECT a."createdAt", a.id FROM users a WHERE a.id = $1))
         AND ($2::text IS NULL OR u.email ILIKE $2 OR u."displayName" ILIKE $2)
       ORDER BY u."createdAt" DESC, u.id DESC LIMIT $3`,
      [after ?? null, search === undefined ? null : containing(search), first + 1],
    );
    return {
      items: rows.slice(0, first),
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== undefined,
    };
  }

  async find(accountId: string): Promise<Account | undefined> {
    if (!isUuid(accountId)) return undefined;
    const [row] = await this.db.query<Account[]>(`SELECT ${COLUMNS} FROM users u WHERE u.id = $1`, [
      accountId,
    ]);
    return row;
  }
}
