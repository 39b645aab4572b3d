import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AttachmentRepository } from '../chat/attachment-repository.js';
import type { AttachedFile, Attachment } from '../chat/attachment.js';
import type { NewAttachment } from '../chat/checked-attachment.js';
import { ATTACHMENT_COLUMNS, attachmentOf } from './attachment-rows.js';
import type { AttachmentEntity } from './entities/attachment.entity.js';
import { PreparedStatement } from './prepared-statement.js';
import { isUuid } from './rows.js';

/** `$1`: the user, `$2`: the messages. */
const OF_MESSAGES = new PreparedStatement<AttachmentEntity & { readonly messageId: string }>(
  'attachments-of-messages',
  `SELECT l."messageId", ${ATTACHMENT_COLUMNS}
   FROM message_attachments l JOIN attachments a ON a.id = l."attachmentId"
   WHERE l."messageId" = ANY ($2::uuid[]) AND a."userId" = $1 ORDER BY l.place`,
);

/** Whether the attachment `a` is of no use to anybody. */
const UNUSED = `(a.sent OR a."createdAt" < now() - make_interval(hours => $1))
  AND NOT EXISTS (SELECT FROM message_attachments l WHERE l."attachmentId" = a.id)`;

/** Attachments in PostgreSQL, their bytes beside them. */
@Injectable()
export class PostgresAttachmentRepository extends AttachmentRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async add(userId: string, file: NewAttachment, mostUnsent: number): Promise<Attachment | undefined> {
    const { name, mediaType, size, sha256, bytes } = file;
    return this.db.transaction(async (manager) => {
      // Those of one user take turns, so that each counts what there is.
      await manager.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
      const [row] = await manager.query<AttachmentEntity[]>(
        `INSERT INTO attachments AS a ("userId", name, "mediaType", size, sha256, bytes)
         SELECT $1, $2, $3, $4, $5, $6
         WHERE (SELECT count(*) FROM attachments u WHERE u."userId" = $1 AND NOT u.sent) < $7
         RETURNING ${ATTACHMENT_COLUMNS}`,
        [userId, name, mediaType, size, sha256, bytes, mostUnsent],
      );
      return row && attachmentOf(row);
    });
  }

  async findAll(userId: string, ids: readonly string[]): Promise<Attachment[]> {
    const rows = await this.db.query<AttachmentEntity[]>(
      `SELECT ${ATTACHMENT_COLUMNS} FROM attachments a WHERE a.id = ANY ($2) AND a."userId" = $1`,
      [userId, ids.filter(isUuid)],
    );
    return rows.map(attachmentOf);
  }

  async file(userId: string, id: string): Promise<AttachedFile | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.db.query<AttachmentEntity[]>(
      `SELECT ${ATTACHMENT_COLUMNS}, a.bytes FROM attachments a WHERE a.id = $2 AND a."userId" = $1`,
      [userId, id],
    );
    return row && { ...attachmentOf(row), bytes: row.bytes };
  }

  async ofMessages(userId: string, messageIds: readonly string[]): Promise<Map<string, Attachment[]>> {
    const rows = await OF_MESSAGES.run(this.db, [userId, messageIds]);
    const byMessage = Map.groupBy(rows, ({ messageId }) => messageId);
    return new Map(Array.from(byMessage, ([messageId, those]) => [messageId, those.map(attachmentOf)]));
  }

  async contents(ids: readonly string[]): Promise<Map<string, Buffer>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db.query<Pick<AttachmentEntity, 'id' | 'bytes'>[]>(
      'SELECT id, bytes FROM attachments WHERE id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, bytes }) => [id, bytes]));
  }

  removeUnused(unsentHours: number, atMost: number): Promise<number> {
    return this.db.transaction(async (manager) => {
      const unused = await manager.query<{ id: string }[]>(
        `SELECT a.id FROM attachments a WHERE ${UNUSED} LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [unsentHours, atMost],
      );
      // Locked, none of them gets into a message any more. One that did so before it was locked is seen by a second look.
      const [, removed] = await manager.query<[unknown[], number]>(
        `DELETE FROM attachments a WHERE a.id = ANY ($2) AND ${UNUSED}`,
        [unsentHours, unused.map(({ id }) => id)],
      );
      return removed;
    });
  }
}
