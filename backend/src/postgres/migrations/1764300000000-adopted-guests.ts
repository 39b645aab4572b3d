import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which account the payment service finds a guest who has signed in to it. */
export class AdoptedGuests1764300000000 implements MigrationInterface {
  name = 'AdoptedGuests1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "adopted_guests" ("guestId" uuid NOT NULL, "userId" uuid NOT NULL, CONSTRAINT "adopted_guests_pkey" PRIMARY KEY ("guestId"))`,
    );
    await runner.query(`CREATE INDEX "adopted_guests_user" ON "adopted_guests" ("userId")`);
    await runner.query(
      `ALTER TABLE "adopted_guests" ADD CONSTRAINT "adopted_guests_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "adopted_guests"');
  }
}
