import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { Icon } from '../../shell/icon';
import type { AttachedFile } from './attached-file';
import { sizeText } from './attachment';
import { FileThumbnail } from './file-thumbnail';

/** One file that is attached to what is being written: what it is, and how far it is. */
@Component({
  selector: 'app-attachment-chip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [FileThumbnail, Icon],
  template: `
    <app-file-thumbnail
      [attached]="attached()"
      [class.on-its-way]="attached().progress.type === 'uploading'"
    />
    <span class="about">
      <span class="name" dir="auto" [title]="attached().name">{{ attached().name }}</span>
      <span class="state">{{ state() }}</span>
    </span>
    @if (attached().progress.type === 'failed') {
      <button
        type="button"
        class="icon-button"
        [attr.aria-label]="againLabel()"
        title="Upload again"
        i18n-title
        (click)="retried.emit()"
      >
        <app-icon name="again" />
      </button>
    }
    <button
      type="button"
      class="icon-button remove"
      [attr.aria-label]="removeLabel()"
      title="Remove"
      i18n-title
      (click)="removed.emit()"
    >
      <app-icon name="close" />
    </button>
  `,
  styleUrl: './attachment-chip.css',
})
export class AttachmentChip {
  readonly attached = input.required<AttachedFile>();
  readonly removed = output();
  readonly retried = output();

  protected readonly againLabel = computed(() => $localize`Upload ${this.attached().name}:file: again`);
  protected readonly removeLabel = computed(() => $localize`Remove ${this.attached().name}:file:`);
  protected readonly state = computed(() => {
    const { progress, size } = this.attached();
    switch (progress.type) {
      case 'uploading':
        return $localize`Uploading`;
      case 'failed':
        return $localize`Not uploaded`;
      case 'uploaded':
        return sizeText(size);
      default:
        return progress satisfies never;
    }
  });
}
