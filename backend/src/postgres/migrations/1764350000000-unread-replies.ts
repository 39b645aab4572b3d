import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a reply has ended in a chat that nobody has looked at since. */
export class UnreadReplies1764350000000 implements MigrationInterface {
  name = 'UnreadReplies1764350000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" ADD "unread" boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" DROP "unread"`);
  }
}
