import type { Attachment } from '../chat/attachment.js';
import type { AttachmentEntity } from './entities/attachment.entity.js';

/** Columns of the attachment `a`, as `attachmentOf` takes them; its bytes are asked for by themselves. */
export const ATTACHMENT_COLUMNS = 'a.id, a.name, a."mediaType", a.size, a.sha256';

export function attachmentOf({ id, name, mediaType, size, sha256 }: AttachmentEntity): Attachment {
  return { id, name, mediaType, size, sha256 };
}

/** The attachments of a message in their order as one JSON value; NULL where it has none. */
export const attachmentsJson = (messageId: string) =>
  `(SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'mediaType', a."mediaType", 'size', a.size,
      'sha256', a.sha256) ORDER BY l.place)
    FROM message_attachments l JOIN attachments a ON a.id = l."attachmentId" WHERE l."messageId" = ${messageId})`;
