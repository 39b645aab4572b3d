import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Guests who never came back are looked for among many accounts. */
export class GuestsOldestFirst1764301000000 implements MigrationInterface {
  name = 'GuestsOldestFirst1764301000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX "users_guests" ON "users" ("createdAt") WHERE "isGuest"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "users_guests"`);
  }
}
