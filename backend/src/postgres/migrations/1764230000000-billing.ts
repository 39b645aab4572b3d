import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the payment service has told. */
export class Billing1764230000000 implements MigrationInterface {
  name = 'Billing1764230000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "billing_events" ("id" text NOT NULL, "receivedAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "billing_events_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "billing_events_received" ON "billing_events" ("receivedAt")`);
    await runner.query(
      `CREATE TABLE "billing_subscriptions" ("id" text NOT NULL, "userId" uuid, "planId" text, "status" text, "startedAt" TIMESTAMP WITH TIME ZONE, "periodEnd" TIMESTAMP WITH TIME ZONE, "changedAt" TIMESTAMP WITH TIME ZONE, "stage" integer, CONSTRAINT "billing_subscriptions_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "billing_subscriptions_user" ON "billing_subscriptions" ("userId")`);
    await runner.query(
      `ALTER TABLE "billing_subscriptions" ADD CONSTRAINT "billing_subscriptions_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "billing_subscriptions", "billing_events"');
  }
}
