import type { MigrationInterface, QueryRunner } from 'typeorm';

const UNFINISHED = `('PENDING', 'STREAMING')`;
const THIS_MONTH = `date_trunc('month', now() AT TIME ZONE 'UTC')::date`;

/**
 * What users have used. Starts reserve (see `start-statement.ts`); what ends a session in whatever way is settled here, in
 * the same transaction, by triggers. Sessions of before have reserved nothing: theirs is NULL, and the triggers pass them.
 */
export class Usage1764210000000 implements MigrationInterface {
  name = 'Usage1764210000000';

  async up(runner: QueryRunner): Promise<void> {
    // A row is written at each start and each end of a reply; with room beside it, that writes no index.
    await runner.query(
      `CREATE TABLE "usage" ("userId" uuid NOT NULL, "day" date NOT NULL, "messages" integer NOT NULL, "month" date NOT NULL, "tokens" bigint NOT NULL, "reserved" bigint NOT NULL, "running" integer NOT NULL, "messagesLimit" integer, "tokensLimit" bigint, "repliesLimit" integer, CONSTRAINT "usage_messages_within_limit" CHECK ("messages" <= "messagesLimit"), CONSTRAINT "usage_tokens_within_limit" CHECK ("tokens" + "reserved" <= "tokensLimit"), CONSTRAINT "usage_replies_within_limit" CHECK ("running" <= "repliesLimit"), CONSTRAINT "usage_pkey" PRIMARY KEY ("userId")) WITH (fillfactor = 70)`,
    );
    await runner.query(
      `ALTER TABLE "usage" ADD CONSTRAINT "usage_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(`ALTER TABLE "chat_sessions" ADD "reservedTokens" integer`);
    await this.settleWhatEnds(runner);
    await this.moveWithOwner(runner);
  }

  /**
   * What was reserved is given back, and what was used is booked: what the provider said, or else what was reserved, or
   * the text at four characters a token where that is more. A reply from the cache was no model's. One that failed costs
   * nothing, and its message is given back. So is that of a chat deleted before a worker began; after that, what was
   * reserved counts as used, for nobody will ever know.
   */
  private async settleWhatEnds(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE FUNCTION settle_usage() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE
         used bigint := 0;
         given_back integer := 0;
       BEGIN
         IF TG_OP = 'DELETE' AND OLD.status = 'STREAMING' THEN
           used := OLD."reservedTokens";
         ELSIF TG_OP = 'DELETE' OR NEW.status IN ('FAILED', 'EXPIRED') THEN
           given_back := 1;
         ELSE
           SELECT CASE WHEN m."fromCache" THEN 0 ELSE coalesce(m."inputTokens" + m."outputTokens",
               greatest(OLD."reservedTokens", (length(m.content) + coalesce(length(m.reasoning), 0)) / 4)) END
             INTO used FROM messages m WHERE m.id = NEW."assistantMessageId";
         END IF;
         UPDATE usage u SET
           messages = u.messages - CASE WHEN u.day = (OLD."createdAt" AT TIME ZONE 'UTC')::date
             THEN least(given_back, u.messages) ELSE 0 END,
           month = greatest(u.month, ${THIS_MONTH}),
           tokens = CASE WHEN u.month < ${THIS_MONTH} THEN 0 ELSE u.tokens END + coalesce(used, 0),
           reserved = greatest(u.reserved - OLD."reservedTokens", 0),
           running = greatest(u.running - 1, 0),
           "messagesLimit" = NULL, "tokensLimit" = NULL, "repliesLimit" = NULL
         WHERE u."userId" = OLD."userId";
         RETURN NULL;
       END $$`,
    );
    const unfinished = `OLD.status IN ${UNFINISHED} AND OLD."reservedTokens" IS NOT NULL`;
    await runner.query(
      `CREATE TRIGGER chat_sessions_settle AFTER UPDATE OF status ON chat_sessions FOR EACH ROW
       WHEN (${unfinished} AND NEW.status NOT IN ${UNFINISHED}) EXECUTE FUNCTION settle_usage()`,
    );
    await runner.query(
      `CREATE TRIGGER chat_sessions_settle_deleted AFTER DELETE ON chat_sessions FOR EACH ROW
       WHEN (${unfinished}) EXECUTE FUNCTION settle_usage()`,
    );
  }

  /** A guest's chats may become an account's while a reply is being written: it then counts there. */
  private async moveWithOwner(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE FUNCTION move_usage() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE
         started date := (OLD."createdAt" AT TIME ZONE 'UTC')::date;
       BEGIN
         UPDATE usage u SET
           messages = u.messages - CASE WHEN u.day = started THEN least(1, u.messages) ELSE 0 END,
           reserved = greatest(u.reserved - OLD."reservedTokens", 0), running = greatest(u.running - 1, 0),
           "messagesLimit" = NULL, "tokensLimit" = NULL, "repliesLimit" = NULL
         WHERE u."userId" = OLD."userId";
         INSERT INTO usage AS u ("userId", day, messages, month, tokens, reserved, running)
         VALUES (NEW."userId", started, 1, ${THIS_MONTH}, 0, OLD."reservedTokens", 1)
         ON CONFLICT ("userId") DO UPDATE SET
           day = greatest(u.day, started),
           messages = CASE WHEN u.day < started THEN 1 WHEN u.day = started THEN u.messages + 1 ELSE u.messages END,
           reserved = u.reserved + excluded.reserved, running = u.running + 1,
           "messagesLimit" = NULL, "tokensLimit" = NULL, "repliesLimit" = NULL;
         RETURN NULL;
       END $$`,
    );
    await runner.query(
      `CREATE TRIGGER chat_sessions_move AFTER UPDATE OF "userId" ON chat_sessions FOR EACH ROW
       WHEN (OLD."userId" <> NEW."userId" AND OLD.status IN ${UNFINISHED} AND OLD."reservedTokens" IS NOT NULL)
       EXECUTE FUNCTION move_usage()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const trigger of ['chat_sessions_move', 'chat_sessions_settle_deleted', 'chat_sessions_settle']) {
      await runner.query(`DROP TRIGGER ${trigger} ON chat_sessions`);
    }
    await runner.query('DROP FUNCTION move_usage(), settle_usage()');
    await runner.query('ALTER TABLE "chat_sessions" DROP "reservedTokens"');
    await runner.query('DROP TABLE "usage"');
  }
}
