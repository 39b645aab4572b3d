import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { ImageScaler } from './image-scaler';

describe(ImageScaler.name, () => {
  const image = new Blob(['an image'], { type: 'image/png' });
  let decoded: number;
  let closed: number;
  /** How the image is painted: its own size on the canvas. */
  let painted: number[];
  let tried: number[];
  /** Bytes of the JPEG, by quality. */
  let sizeOf: (quality: number) => number;

  const smallerThan = (maxSize: number, qualities = [0.85, 0.6, 0.4]) =>
    TestBed.inject(ImageScaler).toJpeg(image, { maxSide: 2048, maxSize, qualities });

  beforeEach(() => {
    [decoded, closed, painted, tried] = [0, 0, [], []];
    sizeOf = (quality) => quality * 1000;
    globalThis.createImageBitmap = () => {
      decoded += 1;
      return Promise.resolve({ width: 4096, height: 1024, close: () => void (closed += 1) });
    };
    const context = {
      fillRect: () => undefined,
      drawImage: (_bitmap: unknown, ...place: number[]) => painted.push(...place),
    };
    jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
    jest.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done, _type, quality = 1) => {
      tried.push(quality);
      done(new Blob(['x'.repeat(sizeOf(quality))], { type: 'image/jpeg' }));
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('draws an image no larger than it may be, in the quality that is wanted most', async () => {
    expect((await smallerThan(1000))?.size).toBe(850);
    expect([painted, tried]).toEqual([[0, 0, 2048, 512], [0.85]]);
  });

  it('tries others until one is small enough, and decodes the image once', async () => {
    expect((await smallerThan(500))?.size).toBe(400);
    expect([tried, decoded, closed]).toEqual([[0.85, 0.6, 0.4], 1, 1]);
  });

  it('gives up where none is', async () => {
    expect(await smallerThan(100)).toBeNull();
  });
});
