import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Chats that are pinned, archived or deleted. One that is deleted belongs to nobody until it is restored or removed for
 * good, so that no statement that asks for somebody's chats can find it.
 */
export class ChatsPutAway1764320000000 implements MigrationInterface {
  name = 'ChatsPutAway1764320000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "chats" ADD "pinned" boolean NOT NULL DEFAULT false, ADD "archived" boolean NOT NULL DEFAULT false, ADD "deletedBy" uuid, ADD "deletedAt" TIMESTAMP WITH TIME ZONE, ALTER "userId" DROP NOT NULL, ADD CONSTRAINT "chats_of_one" CHECK (num_nonnulls("userId", "deletedBy") = 1)`,
    );
    await runner.query(
      `ALTER TABLE "chats" ADD CONSTRAINT "chats_deleted_by_fkey" FOREIGN KEY ("deletedBy") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `CREATE INDEX "chats_deleted" ON "chats" ("deletedBy", "deletedAt") WHERE "deletedBy" IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "chats" WHERE "userId" IS NULL`);
    await runner.query(
      `ALTER TABLE "chats" DROP "pinned", DROP "archived", DROP "deletedBy", DROP "deletedAt", ALTER "userId" SET NOT NULL`,
    );
  }
}
