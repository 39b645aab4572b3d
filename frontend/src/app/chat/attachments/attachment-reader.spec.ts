import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { MAX_IMAGE_SIZE, MAX_TEXT_SIZE } from './attachment';
import { AttachmentReader } from './attachment-reader';
import type { JpegBounds } from './image-scaler';
import { ImageScaler } from './image-scaler';
import { RefusedFile } from './refused-file';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff, 0xe0];

/** A file that begins with these bytes, and is filled up to a size. */
function fileOf(name: string, beginning: string | readonly number[], type = '', size = 0): File {
  const bytes =
    typeof beginning === 'string' ? new TextEncoder().encode(beginning) : Uint8Array.from(beginning);
  return new File([bytes, 'x'.repeat(Math.max(0, size - bytes.length))], name, { type });
}

describe(AttachmentReader.name, () => {
  let reader: AttachmentReader;
  let drawn: JpegBounds[];
  /** How the browser draws an image; `null`: not small enough. */
  let drawing: () => Promise<Blob | null>;

  const refusal = (file: File) =>
    reader.read(file).then(
      () => 'taken',
      (error: unknown) => (error instanceof RefusedFile ? error.why : error),
    );

  beforeEach(() => {
    drawn = [];
    drawing = () => Promise.resolve(new Blob(['x'.repeat(1000)], { type: 'image/jpeg' }));
    const scaler: Pick<ImageScaler, keyof ImageScaler> = {
      toJpeg: (_image, bounds) => {
        drawn.push(bounds);
        return drawing();
      },
    };
    TestBed.configureTestingModule({ providers: [{ provide: ImageScaler, useValue: scaler }] });
    reader = TestBed.inject(AttachmentReader);
  });

  describe('of images', () => {
    it('takes them as they are, by what is in them', async () => {
      const named = fileOf('photo.png', JPEG, 'image/png', MAX_IMAGE_SIZE);
      expect(await reader.read(named)).toEqual({ name: 'photo.png', mediaType: 'image/jpeg', data: named });
      const nameless = fileOf('photo', PNG);
      expect(await reader.read(nameless)).toMatchObject({ mediaType: 'image/png' });
      expect(drawn).toEqual([]);
    });

    it('makes those smaller that are too large', async () => {
      const { name, mediaType, data } = await reader.read(
        fileOf('big.png', PNG, 'image/png', MAX_IMAGE_SIZE + 1),
      );
      expect([name, mediaType, data.size]).toEqual(['big.jpg', 'image/jpeg', 1000]);
      expect(drawn).toEqual([{ maxSide: 2048, maxSize: MAX_IMAGE_SIZE, qualities: [0.85, 0.6] }]);
    });

    it('refuses those that cannot be made small enough', async () => {
      drawing = () => Promise.resolve(null);
      expect(await refusal(fileOf('big.png', PNG, 'image/png', MAX_IMAGE_SIZE + 1))).toBe('image-size');
    });

    it('draws other kinds anew, where the browser can read them', async () => {
      const photo = fileOf('IMG_1.HEIC', [0, 0, 0, 0x18, 0x66], 'image/heic');
      expect(await reader.read(photo)).toMatchObject({ name: 'IMG_1.jpg', mediaType: 'image/jpeg' });
      drawing = () => Promise.reject(new DOMException('no image', 'InvalidStateError'));
      expect(await refusal(photo)).toBe('unreadable');
    });
  });

  describe('of text', () => {
    it.each([
      ['notes.md', 'text/markdown', 'text/markdown'],
      ['data.json', 'application/json', 'application/json'],
      ['main.ts', 'video/mp2t', 'text/plain'],
      ['drawing.svg', 'image/svg+xml', 'text/plain'],
      ['Dockerfile', '', 'text/plain'],
    ])('takes %s (%s) as %s', async (name, browsersType, mediaType) => {
      const file = fileOf(name, 'größer', browsersType);
      expect(await reader.read(file)).toEqual({ name, mediaType, data: file });
    });

    it('takes as much as the server takes', async () => {
      expect(await refusal(fileOf('log.txt', 'x', 'text/plain', MAX_TEXT_SIZE))).toBe('taken');
      // What is read of it ends within a letter.
      expect(await refusal(fileOf('log.txt', 'ä'.repeat(MAX_TEXT_SIZE), 'text/plain'))).toBe('text-size');
      expect(await refusal(fileOf('log.txt', `x${'ä'.repeat(MAX_TEXT_SIZE)}`, 'text/plain'))).toBe(
        'text-size',
      );
    });

    it('gives names that the server takes', async () => {
      expect((await reader.read(fileOf('a\\b\nc.txt', 'x'))).name).toBe('a_b_c.txt');
      expect((await reader.read(fileOf('x'.repeat(300), 'x'))).name).toHaveLength(200);
    });
  });

  it.each([
    ['a program', fileOf('a.exe', [0x4d, 0x5a, 0x90, 0x00]), 'kind'],
    ['a large film', fileOf('a.mp4', [0, 0, 0, 0x20], 'video/mp4', MAX_TEXT_SIZE + 1), 'kind'],
    ['a PDF, though it is ASCII', fileOf('a.pdf', '%PDF-1.7\n', 'application/pdf'), 'kind'],
    ['text in another encoding', fileOf('a.txt', [0x67, 0x72, 0xf6], 'text/plain'), 'kind'],
    ['nothing', fileOf('a.txt', ''), 'empty'],
  ])('refuses %s', async (_what, file, why) => {
    expect(await refusal(file)).toBe(why);
  });

  it('refuses what cannot be read: a folder, or what has gone', async () => {
    const folder = fileOf('folder', 'x');
    jest.spyOn(FileReader.prototype, 'readAsArrayBuffer').mockImplementationOnce(function (this: FileReader) {
      this.dispatchEvent(new ProgressEvent('error'));
    });
    expect(await refusal(folder)).toBe('unreadable');
  });
});
