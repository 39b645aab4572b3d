import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that messages bring along. */
export class Attachments1764370000000 implements MigrationInterface {
  name = 'Attachments1764370000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "attachments" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "userId" uuid NOT NULL, "name" text NOT NULL, "mediaType" text NOT NULL, "size" integer NOT NULL, "sha256" text NOT NULL, "bytes" bytea NOT NULL, "sent" boolean NOT NULL DEFAULT false, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "attachments_pkey" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "attachments_user" ON "attachments" ("userId")`);
    await runner.query(
      `CREATE TABLE "message_attachments" ("messageId" uuid NOT NULL, "attachmentId" uuid NOT NULL, "place" smallint NOT NULL, CONSTRAINT "message_attachments_pkey" PRIMARY KEY ("messageId", "attachmentId"))`,
    );
    await runner.query(
      `CREATE INDEX "message_attachments_attachment" ON "message_attachments" ("attachmentId")`,
    );
    await runner.query(
      `ALTER TABLE "attachments" ADD CONSTRAINT "attachments_user_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "message_attachments" ADD CONSTRAINT "message_attachments_message_fkey" FOREIGN KEY ("messageId") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "message_attachments" ADD CONSTRAINT "message_attachments_attachment_fkey" FOREIGN KEY ("attachmentId") REFERENCES "attachments"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "message_attachments", "attachments"');
  }
}
