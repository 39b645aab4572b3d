import type { Failure } from '../../graphql/failure';
import { isImage, type Attachment } from './attachment';

/** How far a file is on its way to the server. */
export type Progress =
  | { readonly type: 'uploading' }
  | { readonly type: 'failed'; readonly failure: Failure }
  /** `at`: when, in milliseconds since 1970; `null`: a message has it already. */
  | { readonly type: 'uploaded'; readonly attachment: Attachment; readonly at: number | null };

/** A file that is attached to what is being written. */
export interface AttachedFile {
  /** Its own on this page, from the moment at which it is attached. */
  readonly key: string;
  /** The draft that it is attached to, by the key under which that is kept. */
  readonly draft: string;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** `null`: it was attached before this page was loaded, or to an earlier message. */
  readonly file: File | null;
  readonly progress: Progress;
}

/** A file that somebody has just chosen. */
export function newFile(key: string, draft: string, file: File): AttachedFile {
  const { name, type: mediaType, size } = file;
  return { key, draft, name, mediaType, size, file, progress: { type: 'uploading' } };
}

/** One that the server has. */
export function uploadedFile(
  key: string,
  draft: string,
  attachment: Attachment,
  at: number | null,
): AttachedFile {
  const { name, mediaType, size } = attachment;
  return { key, draft, name, mediaType, size, file: null, progress: { type: 'uploaded', attachment, at } };
}

/** As the server has those that it has. */
export function attachmentsOf(files: readonly AttachedFile[]): Attachment[] {
  return files.flatMap(({ progress }) => (progress.type === 'uploaded' ? [progress.attachment] : []));
}

export function hasImages(files: readonly AttachedFile[]): boolean {
  return files.some(isImage);
}
