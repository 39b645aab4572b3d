import type { Attachment } from '../chat/attachment.js';

/** Where the controller has attachments. */
export const ATTACHMENTS_PATH = 'attachments';

/** The path at which an attachment is had. */
export function attachmentUrl({ id }: Attachment): string {
  return `/${ATTACHMENTS_PATH}/${id}`;
}
