import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passwords, administrators, API tokens, and identities of OpenID providers. */
export class Accounts1764100000000 implements MigrationInterface {
  name = 'Accounts1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "users" ADD "isAdmin" boolean NOT NULL DEFAULT false, ADD "passwordHash" text,
         ADD CONSTRAINT "users_guest_opens_nothing" CHECK (NOT "isGuest" OR ("passwordHash" IS NULL AND NOT "isAdmin"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "users_email" ON "users" (lower("email"))`);
    await runner.query(
      `CREATE TABLE "api_tokens" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "tokenHash" bytea NOT NULL, "userId" uuid NOT NULL, "name" text NOT NULL, "scopes" text array NOT NULL, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "expiresAt" TIMESTAMP WITH TIME ZONE, "lastUsedAt" TIMESTAMP WITH TIME ZONE, CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "api_tokens_hash" ON "api_tokens" ("tokenHash")`);
    await runner.query(`CREATE INDEX "api_tokens_user" ON "api_tokens" ("userId")`);
    await runner.query(
      `ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `CREATE TABLE "identities" ("issuer" text NOT NULL, "subject" text NOT NULL, "userId" uuid NOT NULL, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "identities_pkey" PRIMARY KEY ("issuer", "subject"))`,
    );
    await runner.query(`CREATE INDEX "identities_user" ON "identities" ("userId")`);
    await runner.query(
      `ALTER TABLE "identities" ADD CONSTRAINT "identities_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "identities", "api_tokens"');
    await runner.query('DROP INDEX "users_email"');
    await runner.query(
      `ALTER TABLE "users" DROP CONSTRAINT "users_guest_opens_nothing", DROP "passwordHash", DROP "isAdmin"`,
    );
  }
}
