import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the models are told in one chat, and how much chance is in their replies. */
export class ChatSettings1764330000000 implements MigrationInterface {
  name = 'ChatSettings1764330000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" ADD "systemPrompt" text, ADD "temperature" double precision`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" DROP "temperature", DROP "systemPrompt"`);
  }
}
