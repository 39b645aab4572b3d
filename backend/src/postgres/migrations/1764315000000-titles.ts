import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a chat's title is from. Chats of before keep theirs. */
export class Titles1764315000000 implements MigrationInterface {
  name = 'Titles1764315000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" ADD "titleSource" text NOT NULL DEFAULT 'GIVEN'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" DROP "titleSource"`);
  }
}
