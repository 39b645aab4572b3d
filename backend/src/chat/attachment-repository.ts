import type { AttachedFile, Attachment } from './attachment.js';
import type { NewAttachment } from './checked-attachment.js';

/**
 * Files that users attach. What does not belong to `userId` is as good as absent, and so is an id that is none.
 * `SessionRepository.start` has messages keep them, `ChatRepository.fork` copies of these; they go with their last message.
 */
export abstract class AttachmentRepository {
  /** `undefined` where the user has `mostUnsent` already that were never sent. */
  abstract add(userId: string, file: NewAttachment, mostUnsent: number): Promise<Attachment | undefined>;
  /** Those that there are, in any order. */
  abstract findAll(userId: string, ids: readonly string[]): Promise<Attachment[]>;
  abstract file(userId: string, id: string): Promise<AttachedFile | undefined>;
  /** By message, in the order in which they were sent; of those that have any. */
  abstract ofMessages(userId: string, messageIds: readonly string[]): Promise<Map<string, Attachment[]>>;
  /** The bytes by id, for whoever has claimed a reply to the messages that they are of. */
  abstract contents(ids: readonly string[]): Promise<Map<string, Buffer>>;
  /**
   * Removes up to `atMost` that no message has any more, and those never sent once they are `unsentHours` old. Returns how
   * many it has removed.
   */
  abstract removeUnused(unsentHours: number, atMost: number): Promise<number>;
}
