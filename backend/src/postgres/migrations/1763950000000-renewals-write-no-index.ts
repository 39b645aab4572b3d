import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * While `expiresAt` was indexed, each renewal of a session wrote to every index of the table. The unfinished sessions
 * are few, and the unique index that allows one a chat finds them all.
 */
export class RenewalsWriteNoIndex1763950000000 implements MigrationInterface {
  name = 'RenewalsWriteNoIndex1763950000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "chat_sessions_unfinished"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "chat_sessions_unfinished" ON "chat_sessions" ("expiresAt") WHERE "status" IN ('PENDING', 'STREAMING')`,
    );
  }
}
