import { ChangeDetectionStrategy, Component, output, signal } from '@angular/core';

/** Takes files that are dropped anywhere in the window, and says so while they are dragged over it. */
@Component({
  selector: 'app-drop-zone',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (dragging()) {
      <div class="over">
        <p i18n>Drop files to attach them</p>
      </div>
    }
  `,
  styles: `
    .over {
      position: fixed;
      inset: 0;
      z-index: 30;
      padding: 12px;
      background: color-mix(in srgb, var(--surface) 94%, transparent);
      animation: appear 140ms ease-out;
    }
    p {
      display: grid;
      place-items: center;
      height: 100%;
      border: 2px dashed var(--accent);
      border-radius: var(--radius-m);
      color: var(--accent);
      font: var(--text-l);
      text-align: center;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
  host: {
    '(document:dragenter)': 'enter($event)',
    '(document:dragover)': 'enter($event)',
    '(document:dragleave)': 'leave($event)',
    '(document:drop)': 'drop($event)',
  },
})
export class DropZone {
  readonly filesDropped = output<readonly File[]>();
  protected readonly dragging = signal(false);

  /** Text that is dragged goes where the browser takes it. */
  protected enter(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.dragging.set(true);
  }

  /** From one element to another is no way out of the window. */
  protected leave({ relatedTarget }: DragEvent): void {
    if (!relatedTarget) this.dragging.set(false);
  }

  protected drop(event: DragEvent): void {
    this.dragging.set(false);
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (files.length === 0) return;
    // The browser would leave the page, and open the file.
    event.preventDefault();
    this.filesDropped.emit(files);
  }
}
