import { Injectable, inject } from '@angular/core';
import { MAX_IMAGE_SIZE, MAX_NAME_LENGTH, MAX_TEXT_SIZE } from './attachment';
import { bytesOf } from './blob-contents';
import { imageTypeOf, isText, textTypeOf } from './file-kind';
import { ImageScaler, type JpegBounds } from './image-scaler';
import { RefusedFile } from './refused-file';

/** What is sent of a file. */
export interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly data: Blob;
}

/** What becomes of an image that is too large. */
const BOUNDS: JpegBounds = { maxSide: 2048, maxSize: MAX_IMAGE_SIZE, qualities: [0.85, 0.6] };
/** Bytes of the largest image that is opened to be made smaller. */
const MAX_OPENED = 50_000_000;
/** Bytes that tell what kind of image a file is. */
const SIGNATURE = 12;

/** Finds out what a file is, by what is in it: its name, and what the browser makes of that, may be wrong. */
@Injectable({ providedIn: 'root' })
export class AttachmentReader {
  readonly #scaler = inject(ImageScaler);

  /** As much of the file as the server takes: images smaller if need be, text as it is. Throws `RefusedFile`. */
  async read(file: File): Promise<Upload> {
    if (file.size === 0) throw new RefusedFile('empty');
    try {
      return await this.#read(file);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      throw new RefusedFile('unreadable', { cause: error });
    }
  }

  async #read(file: File): Promise<Upload> {
    const mediaType = imageTypeOf(await bytesOf(file.slice(0, SIGNATURE)));
    if (mediaType && file.size <= MAX_IMAGE_SIZE) return { name: nameOf(file), mediaType, data: file };
    // Text, though its type says image.
    const drawn = file.type.startsWith('image/') && file.type !== 'image/svg+xml';
    return mediaType || drawn ? this.#smaller(file) : textIn(file);
  }

  async #smaller(file: File): Promise<Upload> {
    if (file.size > MAX_OPENED) throw new RefusedFile('image-size');
    const data = await this.#scaler.toJpeg(file, BOUNDS);
    if (!data) throw new RefusedFile('image-size');
    return { name: nameOf(file, '.jpg'), mediaType: 'image/jpeg', data };
  }
}

/** As the server takes it; with the extension, if any, in the place of its own. */
function nameOf({ name }: File, extension = ''): string {
  const allowed = name.replace(/[\p{Cc}\p{Zl}\p{Zp}/\\]/gu, '_').trim() || 'file';
  const stem = extension ? allowed.replace(/\.\w+$/, '') : allowed;
  return stem.slice(0, MAX_NAME_LENGTH - extension.length) + extension;
}

async function textIn(file: File): Promise<Upload> {
  const whole = file.size <= MAX_TEXT_SIZE;
  const bytes = await bytesOf(whole ? file : file.slice(0, MAX_TEXT_SIZE));
  if (!isText(bytes, whole ? 'whole' : 'beginning')) throw new RefusedFile('kind');
  if (!whole) throw new RefusedFile('text-size');
  return { name: nameOf(file), mediaType: textTypeOf(file.type), data: file };
}
