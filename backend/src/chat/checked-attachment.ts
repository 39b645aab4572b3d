import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { AppError } from '../errors/app-error.js';
import type { ImageType } from '../providers/image-type.js';
import { MAX_IMAGE_SIZE, MAX_TEXT_SIZE, type AttachedFile } from './attachment.js';
import { storable } from './chat.js';

/** A file as somebody hands it in. */
export interface UploadRequest {
  readonly name: string;
  /** What the client takes it for. */
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

/** The same, checked. */
export type NewAttachment = Omit<AttachedFile, 'id'>;

const MAX_NAME_LENGTH = 200;
/** What a name may not have: control characters, ends of lines, and what separates the parts of a path. */
const NO_NAME = /[\p{Cc}\p{Zl}\p{Zp}/\\]/u;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** What is text by its name: `text/…`, and what is read as text all the same. */
const TEXT =
  /^(?:text\/[\w.+-]+|application\/(?:[\w.-]+\+(?:json|xml|yaml)|(?:x-)?(?:json|ndjson|jsonl|xml|yaml|toml|javascript|ecmascript|typescript|sh|python|php|perl|ruby|sql|graphql|tex|latex)))$/;
/** What clients say of files that they do not know. */
const UNSAID = ['', 'application/octet-stream'];

/** The file as it can be kept. Throws VALIDATION_FAILED, saying what is allowed. */
export function checkedAttachment({ name, mediaType, data }: UploadRequest): NewAttachment {
  const bytes = bytesOf(data);
  const said = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return {
    ...{ name: checkedName(name), mediaType: checkedType(said, bytes), size: bytes.length, bytes },
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

function bytesOf(data: string): Buffer {
  if (data.length % 4 !== 0 || !BASE64.test(data)) refuse('data is to be base64, with its padding.');
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length === 0) refuse('The file is empty.');
  return bytes;
}

function checkedName(name: string): string {
  const trimmed = storable(name).trim();
  if (trimmed === '' || trimmed.length > MAX_NAME_LENGTH || NO_NAME.test(trimmed)) {
    refuse(`A file's name has 1 to ${MAX_NAME_LENGTH} characters, without control characters and slashes.`);
  }
  return trimmed;
}

function checkedType(said: string, bytes: Buffer): string {
  if (said.startsWith('image/') || UNSAID.includes(said)) {
    const image = imageType(bytes);
    if (image) {
      if (bytes.length > MAX_IMAGE_SIZE) refuse('An image has at most 2.5 MB.');
      return image;
    }
  }
  if (!TEXT.test(said) && !UNSAID.includes(said)) {
    refuse('Only images (PNG, JPEG, WebP, GIF) and text files can be attached.');
  }
  if (bytes.length > MAX_TEXT_SIZE) refuse('A text file has at most 256 kB.');
  if (!isText(bytes)) refuse('A text file is to be in UTF-8, and nothing else than text.');
  return TEXT.test(said) ? said : 'text/plain';
}

/** By its first bytes: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
function imageType(bytes: Buffer): ImageType | undefined {
  const begins = (text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text;
  if (begins('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins('\xff\xd8\xff')) return 'image/jpeg';
  if (begins('RIFF') && begins('WEBPVP', 8)) return 'image/webp';
  if (begins('GIF87a') || begins('GIF89a')) return 'image/gif';
  return undefined;
}

function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function refuse(why: string): never {
  throw new AppError('VALIDATION_FAILED', why);
}
