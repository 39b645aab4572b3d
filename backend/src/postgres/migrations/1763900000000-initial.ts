import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users, sign-ins, pins, chats, messages (a tree) and sessions. */
export class Initial1763900000000 implements MigrationInterface {
  name = 'Initial1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "users" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "email" text, "displayName" text NOT NULL, "isGuest" boolean NOT NULL, "planId" text NOT NULL DEFAULT 'free', "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "users_guest_has_no_email" CHECK ("isGuest" = ("email" IS NULL)), CONSTRAINT "users_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "chats" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "userId" uuid NOT NULL, "title" text NOT NULL, "modelId" text, "activeLeafId" uuid, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "chats_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "chats_user_last_active" ON "chats" ("userId", "updatedAt", "id")`);
    await runner.query(
      `CREATE TABLE "messages" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "chatId" uuid NOT NULL, "parentId" uuid, "role" text NOT NULL, "content" text NOT NULL DEFAULT '', "reasoning" text, "status" text NOT NULL, "modelId" text, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(), "fromCache" boolean NOT NULL DEFAULT false, "inputTokens" integer, "outputTokens" integer, "timeToFirstTokenMs" integer, "errorCode" text, CONSTRAINT "messages_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "messages_parent" ON "messages" ("parentId")`);
    await runner.query(`CREATE INDEX "messages_tree" ON "messages" ("chatId", "parentId", "createdAt")`);
    await runner.query(
      `CREATE TABLE "chat_sessions" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "userId" uuid NOT NULL, "chatId" uuid NOT NULL, "userMessageId" uuid NOT NULL, "assistantMessageId" uuid NOT NULL, "modelId" text NOT NULL, "status" text NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "handovers" integer NOT NULL DEFAULT '0', "stopRequested" boolean NOT NULL DEFAULT false, "cachePolicy" text NOT NULL, "idempotencyKey" text, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "expiresAt" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "chat_sessions_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "chat_sessions_chat" ON "chat_sessions" ("chatId")`);
    await runner.query(
      `CREATE UNIQUE INDEX "chat_sessions_idempotency" ON "chat_sessions" ("userId", "idempotencyKey")`,
    );
    await runner.query(
      `CREATE INDEX "chat_sessions_unfinished" ON "chat_sessions" ("expiresAt") WHERE "status" IN ('PENDING', 'STREAMING')`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "chat_sessions_one_unfinished_a_chat" ON "chat_sessions" ("chatId") WHERE "status" IN ('PENDING', 'STREAMING')`,
    );
    await runner.query(
      `CREATE TABLE "pinned_models" ("userId" uuid NOT NULL, "modelId" text NOT NULL, "position" SERIAL NOT NULL, CONSTRAINT "pinned_models_pkey" PRIMARY KEY ("userId", "modelId"))`,
    );
    await runner.query(
      `CREATE TABLE "sign_ins" ("tokenHash" bytea NOT NULL, "userId" uuid NOT NULL, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "expiresAt" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "sign_ins_pkey" PRIMARY KEY ("tokenHash"))`,
    );
    await runner.query(`CREATE INDEX "sign_ins_user" ON "sign_ins" ("userId")`);
    await runner.query(
      `ALTER TABLE "chats" ADD CONSTRAINT "chats_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "messages_chat_fkey" FOREIGN KEY ("chatId") REFERENCES "chats"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "messages_parent_fkey" FOREIGN KEY ("parentId") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "chat_sessions" ADD CONSTRAINT "chat_sessions_chat_fkey" FOREIGN KEY ("chatId") REFERENCES "chats"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "chat_sessions" ADD CONSTRAINT "chat_sessions_assistant_message_fkey" FOREIGN KEY ("assistantMessageId") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "pinned_models" ADD CONSTRAINT "pinned_models_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE "sign_ins", "pinned_models", "chat_sessions", "messages", "chats", "users"',
    );
  }
}
