import { counted } from '../../browser/counted';
import type { MessageFieldsFragment } from '../../graphql/generated/graphql';

/** A file that goes with a message, as the server has it. */
export type Attachment = MessageFieldsFragment['attachments'][number];

/** As many as the server takes with one message. */
export const MAX_ATTACHMENTS = 8;
/** Bytes of the largest image and of the largest text that the server takes. */
export const MAX_IMAGE_SIZE = 2.5 * 1024 * 1024;
export const MAX_TEXT_SIZE = 256 * 1024;
/** UTF-16 code units of the longest name that it takes. */
export const MAX_NAME_LENGTH = 200;

/** The kinds of image that models see. */
export const IMAGE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

export function isImage({ mediaType }: { readonly mediaType: string }): boolean {
  return IMAGE_TYPES.includes(mediaType);
}

/** A size in bytes as people read it: "340 kB". A kilobyte has 1024 bytes, as where the server says what it takes. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${counted(bytes)} B`;
  const kilobytes = Math.round(bytes / 1024);
  if (kilobytes < 1000) return `${counted(kilobytes)} kB`;
  return `${counted(bytes / 1024 ** 2, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
}
