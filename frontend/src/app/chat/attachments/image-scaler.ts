import { DOCUMENT, Injectable, inject } from '@angular/core';

/** Draws images anew, with the browser's own decoders. */
@Injectable({ providedIn: 'root' })
export class ImageScaler {
  readonly #document = inject(DOCUMENT);

  /**
   * The image as JPEG, with no side longer than `maxSide` pixels; what was transparent is white. `quality` goes from 0 to 1.
   * Throws a DOMException where the browser cannot read the image.
   */
  async toJpeg(image: Blob, maxSide: number, quality: number): Promise<Blob> {
    const bitmap = await createImageBitmap(image);
    try {
      const scale = Math.min(1, maxSide / Math.max(bitmap.width, bitmap.height));
      const canvas = this.#document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      draw(bitmap, canvas);
      return await jpegOf(canvas, quality);
    } finally {
      bitmap.close();
    }
  }
}

function draw(bitmap: ImageBitmap, canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d');
  if (!context) throw unreadable();
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(unreadable())), 'image/jpeg', quality),
  );
}

function unreadable(): DOMException {
  return new DOMException('The image is too large to be drawn.', 'EncodingError');
}
