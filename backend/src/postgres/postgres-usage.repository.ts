import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UsageRepository } from '../plans/usage-repository.js';
import type { UsageFigures } from '../plans/usage.js';
import { USAGE } from './usage-statements.js';

/** What was used, in PostgreSQL. */
@Injectable()
export class PostgresUsageRepository extends UsageRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async of(userIds: readonly string[]): Promise<Map<string, UsageFigures>> {
    const rows = await USAGE.run(this.db, [userIds]);
    return new Map(rows.map(({ userId, ...figures }) => [userId, figures]));
  }
}
