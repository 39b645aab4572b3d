import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session may go on with a reply that ended early: which one, and so with what text its own reply begins. */
export class ContinuedReplies1764310000000 implements MigrationInterface {
  name = 'ContinuedReplies1764310000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chat_sessions" ADD "continuedMessageId" uuid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chat_sessions" DROP "continuedMessageId"`);
  }
}
