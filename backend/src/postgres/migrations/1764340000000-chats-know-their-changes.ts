import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A chat bears the transaction that changed it last. Transactions that are older than all that still run are over, so
 * whoever has read up to there misses nothing: no lock, and no number that is seen before a smaller one is.
 */
export class ChatsKnowTheirChanges1764340000000 implements MigrationInterface {
  name = 'ChatsKnowTheirChanges1764340000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "chats" ADD "changedBy" bigint NOT NULL DEFAULT 0`);
    await runner.query(`CREATE INDEX "chats_user_changed" ON "chats" ("userId", "changedBy")`);
    await runner.query(
      `CREATE FUNCTION chat_changed() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN NEW."changedBy" := pg_current_xact_id()::text::bigint; RETURN NEW; END $$`,
    );
    await runner.query(
      `CREATE TRIGGER chat_changed BEFORE INSERT OR UPDATE ON chats FOR EACH ROW EXECUTE FUNCTION chat_changed()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER chat_changed ON chats`);
    await runner.query(`DROP FUNCTION chat_changed`);
    await runner.query(`ALTER TABLE "chats" DROP "changedBy"`);
  }
}
