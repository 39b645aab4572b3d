import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MAX_IMAGE_SIZE, MAX_TEXT_SIZE } from './attachment.js';
import { checkedAttachment, type UploadRequest } from './checked-attachment.js';

const PNG = '\x89PNG\r\n\x1a\n and the rest';
const JPEG = '\xff\xd8\xff\xe0';
const WEBP = 'RIFF\x10\0\0\0WEBPVP8 ';
const ONLY = 'Only images (PNG, JPEG, WebP, GIF) and text files can be attached.';
const UTF8 = 'A text file is to be in UTF-8, and nothing else than text.';

/** A file of these bytes; one character each. */
function upload(mediaType: string, bytes: string | Buffer, name = 'a file'): UploadRequest {
  const data = Buffer.from(bytes as string, 'latin1').toString('base64');
  return { name, mediaType, data };
}

describe(checkedAttachment.name, () => {
  it('keeps a text as it came, with its size and hash', () => {
    const bytes = Buffer.from('Grüße\r\n');
    const request = { name: ' notes.md ', mediaType: 'Text/Markdown; charset=utf-8' };
    expect(checkedAttachment({ ...request, data: bytes.toString('base64') })).toEqual({
      ...{ name: 'notes.md', mediaType: 'text/markdown', size: 9, bytes },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it.each([
    ['image/png', PNG, 'image/png'],
    ['image/jpeg', JPEG, 'image/jpeg'],
    ['image/webp', WEBP, 'image/webp'],
    ['image/gif', 'GIF89a…', 'image/gif'],
    ['image/gif', 'GIF87a…', 'image/gif'],
    // What it is, and not what the client takes it for.
    ['image/png', JPEG, 'image/jpeg'],
    ['image/x-icon', PNG, 'image/png'],
    ['application/octet-stream', PNG, 'image/png'],
    ['', 'just words', 'text/plain'],
    ['text/plain', 'GIF89a is a format', 'text/plain'],
    ['application/json', '{}', 'application/json'],
    ['application/x-yaml', 'a: 1', 'application/x-yaml'],
    ['application/ld+json', '{}', 'application/ld+json'],
  ])('takes a %s that begins with %j for %s', (said, bytes, expected) => {
    expect(checkedAttachment(upload(said, bytes)).mediaType).toBe(expected);
  });

  it.each([
    ['image/png', 'not a picture', ONLY],
    ['image/svg+xml', '<svg/>', ONLY],
    ['image/webp', 'RIFF\x10\0\0\0WAVEfmt ', ONLY],
    ['application/pdf', '%PDF-1.7', ONLY],
    ['video/mp4', 'x', ONLY],
    ['text/', 'x', ONLY],
    ['constructor', 'x', ONLY],
    ['text/plain', PNG, UTF8],
    ['text/plain', 'a\0b', UTF8],
    ['', '\xff\xfe', UTF8],
    ['text/plain', '', 'The file is empty.'],
  ])('refuses a %s of %j', (said, bytes, why) => {
    expect(() => checkedAttachment(upload(said, bytes))).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', message: why }),
    );
  });

  it('bounds images and texts', () => {
    const image = (size: number) => upload('image/png', PNG.padEnd(size, 'x'));
    const text = (size: number) => upload('text/plain', 'x'.repeat(size));
    expect(checkedAttachment(image(MAX_IMAGE_SIZE)).size).toBe(MAX_IMAGE_SIZE);
    expect(checkedAttachment(text(MAX_TEXT_SIZE)).size).toBe(MAX_TEXT_SIZE);
    expect(() => checkedAttachment(image(MAX_IMAGE_SIZE + 1))).toThrow('An image has at most 2.5 MB.');
    expect(() => checkedAttachment(text(MAX_TEXT_SIZE + 1))).toThrow('A text file has at most 256 kB.');
  });

  it.each(['abc', 'abcd=', 'a=bc', 'ab c', 'data:text/plain;base64,YQ==', 'YQ', '-_-_'])(
    'reads no %j as base64',
    (data) => {
      expect(() => checkedAttachment({ name: 'a', mediaType: 'text/plain', data })).toThrow('base64');
    },
  );

  it.each(['', '  ', '\0', 'a\nb', 'a\tb', '../../etc/passwd', 'a\\b', 'a\u2028b', 'x'.repeat(201)])(
    'takes no %j for a name',
    (name) => {
      expect(() => checkedAttachment(upload('text/plain', 'x', name))).toThrow("A file's name has 1 to 200");
    },
  );

  it.each([
    ['Größe "A", 100 %.txt', 'Größe "A", 100 %.txt'],
    ['half \ud83d', 'half \ufffd'],
  ])('takes %j for a name', (name, kept) => {
    expect(checkedAttachment(upload('text/plain', 'x', name)).name).toBe(kept);
  });
});
