import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message that is deleted takes its session along: without an index, PostgreSQL looks through all of them for each. */
export class DeletingFindsSessions1764000000000 implements MigrationInterface {
  name = 'DeletingFindsSessions1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "chat_sessions_assistant_message" ON "chat_sessions" ("assistantMessageId")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "chat_sessions_assistant_message"`);
  }
}
