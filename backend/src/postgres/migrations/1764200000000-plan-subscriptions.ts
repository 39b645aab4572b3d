import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has subscribed to what. `users.planId` stays for processes of before while they are replaced. */
export class PlanSubscriptions1764200000000 implements MigrationInterface {
  name = 'PlanSubscriptions1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "plan_subscriptions" ("userId" uuid NOT NULL, "source" text NOT NULL, "planId" text NOT NULL, "status" text NOT NULL, "periodEnd" TIMESTAMP WITH TIME ZONE, "since" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "plan_subscriptions_pkey" PRIMARY KEY ("userId", "source"))`,
    );
    await runner.query(
      `ALTER TABLE "plan_subscriptions" ADD CONSTRAINT "plan_subscriptions_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "plan_subscriptions"');
  }
}
