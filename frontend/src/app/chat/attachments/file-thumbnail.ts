import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  afterRenderEffect,
  computed,
  input,
  viewChild,
} from '@angular/core';
import { Icon } from '../../shell/icon';
import type { AttachedFile } from './attached-file';
import { isImage } from './attachment';

/** CSS pixels of a side, times what dense screens have of them. */
const SIDE = 40 * 2;

/**
 * A small square for a file. An image on its way to the server is drawn here, since the page loads images from the server
 * alone; the one from there comes over it, and is known to the browser when the message is sent.
 */
@Component({
  selector: 'app-file-thumbnail',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    @if (image()) {
      <canvas #canvas [width]="side" [height]="side"></canvas>
      @if (url(); as url) {
        <img [src]="url" alt="" draggable="false" decoding="async" />
      }
    } @else {
      <app-icon name="file" />
    }
  `,
  styles: `
    :host {
      position: relative;
      display: grid;
      flex: none;
      place-items: center;
      width: 40px;
      height: 40px;
      overflow: hidden;
      border-radius: var(--radius-s);
      background: var(--bubble);
      color: var(--muted);
    }
    canvas,
    img {
      position: absolute;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
  `,
})
export class FileThumbnail {
  private readonly canvas = viewChild<ElementRef<HTMLCanvasElement>>('canvas');
  readonly attached = input.required<AttachedFile>();
  protected readonly side = SIDE;
  protected readonly image = computed(() => isImage(this.attached()));
  protected readonly url = computed(() => {
    const { progress } = this.attached();
    return progress.type === 'uploaded' ? progress.attachment.url : null;
  });
  readonly #file = computed(() => this.attached().file);

  constructor() {
    afterRenderEffect(() => {
      const canvas = this.canvas()?.nativeElement;
      const file = this.#file();
      if (canvas && file) void draw(file, canvas);
    });
  }
}

/** The middle of the image, as large as it fits. */
async function draw(file: File, canvas: HTMLCanvasElement): Promise<void> {
  try {
    const bitmap = await createImageBitmap(file);
    const side = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    canvas.getContext('2d')?.drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
    bitmap.close();
  } catch (error) {
    // What cannot be read is told by who uploads it.
    if (!(error instanceof DOMException)) throw error;
  }
}
