import { Injectable } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { AppError } from '../errors/app-error.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import { AttachmentRepository } from './attachment-repository.js';
import { isImage, MAX_ATTACHMENTS, MAX_UNSENT, type AttachedFile, type Attachment } from './attachment.js';
import { found } from './chat.service.js';
import { checkedAttachment, type UploadRequest } from './checked-attachment.js';

/** Files that go along with messages: uploaded first, named by the message then. */
@Injectable()
export class Attachments {
  constructor(private readonly attachments: AttachmentRepository) {}

  /** Keeps a file for a message to come. Throws VALIDATION_FAILED, and CONFLICT where too many wait already. */
  async upload(viewer: Viewer, request: UploadRequest): Promise<Attachment> {
    const attachment = await this.attachments.add(viewer.id, checkedAttachment(request), MAX_UNSENT);
    if (attachment) return attachment;
    throw new AppError(
      'CONFLICT',
      `${MAX_UNSENT} files have been uploaded and not been sent: send them first.`,
    );
  }

  async file(viewer: Viewer, id: string): Promise<AttachedFile> {
    return found('file', await this.attachments.file(viewer.id, id));
  }

  /** By message, in order; of those that have any. */
  ofMessages(viewer: Viewer, messageIds: readonly string[]): Promise<Map<string, Attachment[]>> {
    return this.attachments.ofMessages(viewer.id, messageIds);
  }

  /**
   * Those that a new message to this model brings along, in order. Throws NOT_FOUND, and VALIDATION_FAILED where they are
   * too many, or images and the model cannot see.
   */
  async forMessage(viewer: Viewer, ids: readonly string[], model: CatalogModel): Promise<Attachment[]> {
    if (ids.length === 0) return [];
    const asked = ids.map((id) => id.toLowerCase());
    if (asked.length > MAX_ATTACHMENTS || new Set(asked).size < asked.length) {
      throw new AppError(
        'VALIDATION_FAILED',
        `A message has at most ${MAX_ATTACHMENTS} files, each of them once.`,
      );
    }
    const there = new Map((await this.attachments.findAll(viewer.id, asked)).map((one) => [one.id, one]));
    const attachments = asked.map((id) => found('file', there.get(id)));
    if (!model.acceptsImages && attachments.some(isImage)) {
      throw new AppError('VALIDATION_FAILED', `${model.name} takes no images.`);
    }
    return attachments;
  }
}
