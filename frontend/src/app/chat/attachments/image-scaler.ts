import { DOCUMENT, Injectable, inject } from '@angular/core';

/** How small a JPEG is to be. */
export interface JpegBounds {
  /** Pixels of the longer side. */
  readonly maxSide: number;
  /** In bytes. */
  readonly maxSize: number;
  /** From 0 to 1, the one that is wanted most first. */
  readonly qualities: readonly number[];
}

/** Draws images anew, with the browser's own decoders. */
@Injectable({ providedIn: 'root' })
export class ImageScaler {
  readonly #document = inject(DOCUMENT);

  /**
   * The image as JPEG, in the first quality that is small enough; what was transparent is white. `null`: none is. It is
   * decoded once. Throws a DOMException where the browser cannot read the image.
   */
  async toJpeg(image: Blob, { maxSide, maxSize, qualities }: JpegBounds): Promise<Blob | null> {
    const canvas = this.#document.createElement('canvas');
    const bitmap = await createImageBitmap(image);
    try {
      const scale = Math.min(1, maxSide / Math.max(bitmap.width, bitmap.height));
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      draw(bitmap, canvas);
    } finally {
      bitmap.close();
    }
    for (const quality of qualities) {
      const jpeg = await jpegOf(canvas, quality);
      if (jpeg.size <= maxSize) return jpeg;
    }
    return null;
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
