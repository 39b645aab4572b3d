import { IMAGE_TYPES, type ImageType } from '../providers/image-type.js';

/** A file that its user sends along with messages. It never changes; its bytes are asked for apart. */
export interface Attachment {
  readonly id: string;
  /** As it is called where it comes from: no path, no control characters. */
  readonly name: string;
  /** One of `IMAGE_TYPES`, or that of a text, which is UTF-8. */
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Of the bytes, in hexadecimal: files that are alike have the same one. */
  readonly sha256: string;
}

/** A file with its bytes. */
export interface AttachedFile extends Attachment {
  readonly bytes: Buffer;
}

/** An attachment that a model sees rather than reads. */
export type AttachedImage = Attachment & { readonly mediaType: ImageType };

/** How many a message may have. */
export const MAX_ATTACHMENTS = 8;
/** Bytes of one; in base64, an image still fits into a request. */
export const MAX_IMAGE_SIZE = 2.5 * 1024 * 1024;
export const MAX_TEXT_SIZE = 256 * 1024;
/** How many a user may have that no message has, and how long these are kept, in hours. */
export const MAX_UNSENT = 50;
export const UNSENT_HOURS = 24;

export function isImage(attachment: Attachment): attachment is AttachedImage {
  return (IMAGE_TYPES as readonly string[]).includes(attachment.mediaType);
}
