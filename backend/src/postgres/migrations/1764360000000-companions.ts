import type { MigrationInterface, QueryRunner } from 'typeorm';

const UNFINISHED = `"status" IN ('PENDING', 'STREAMING')`;

/** A reply of another model may stand beside the one of the chat: one of each kind may be written at a time. */
export class Companions1764360000000 implements MigrationInterface {
  name = 'Companions1764360000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" ADD "companionMessageId" uuid`);
    await runner.query(`ALTER TABLE "chat_sessions" ADD "companion" boolean NOT NULL DEFAULT false`);
    await runner.query(`DROP INDEX "chat_sessions_one_unfinished_a_chat"`);
    await runner.query(
      `CREATE UNIQUE INDEX "chat_sessions_one_unfinished_a_chat" ON "chat_sessions" ("chatId", "companion") WHERE ${UNFINISHED}`,
    );
  }

  /** Only while no companion is being written: the former index knows of one unfinished reply a chat. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "chat_sessions_one_unfinished_a_chat"`);
    await runner.query(
      `CREATE UNIQUE INDEX "chat_sessions_one_unfinished_a_chat" ON "chat_sessions" ("chatId") WHERE ${UNFINISHED}`,
    );
    await runner.query(`ALTER TABLE "chat_sessions" DROP "companion"`);
    await runner.query(`ALTER TABLE "chats" DROP "companionMessageId"`);
  }
}
