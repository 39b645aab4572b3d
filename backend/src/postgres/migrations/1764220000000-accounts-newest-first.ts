import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Administrators page through all accounts, guests among them, who may be many. */
export class AccountsNewestFirst1764220000000 implements MigrationInterface {
  name = 'AccountsNewestFirst1764220000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX "users_newest" ON "users" ("createdAt", "id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "users_newest"`);
  }
}
