import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a chat is called where it was imported from, so that it is imported once. */
export class ChatsImported1764321000000 implements MigrationInterface {
  name = 'ChatsImported1764321000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" ADD "sourceId" text`);
    await runner.query(
      `CREATE UNIQUE INDEX "chats_source" ON "chats" ("userId", "sourceId") WHERE "sourceId" IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" DROP "sourceId"`);
  }
}
