import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../../shell/icon';
import { isImage, sizeText, type Attachment } from './attachment';

/** The files of a message that was sent. Images have their room before they come, so that nothing jumps. */
@Component({
  selector: 'app-message-attachments',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    @if (images().length > 0) {
      <ul class="images" [class.one]="images().length === 1" aria-label="Images" i18n-aria-label>
        @for (image of images(); track image.id) {
          <li>
            <a [href]="image.url" target="_blank" rel="noopener" [title]="image.name">
              <img [src]="image.url" [alt]="image.name" loading="lazy" decoding="async" />
              <span class="visually-hidden" i18n>, opens in a new tab</span>
            </a>
          </li>
        }
      </ul>
    }
    @if (others().length > 0) {
      <ul class="others" aria-label="Files" i18n-aria-label>
        @for (file of others(); track file.id) {
          <li>
            <a [href]="file.url" [download]="file.name">
              <app-icon name="file" />
              <span class="name" dir="auto" [title]="file.name">{{ file.name }}</span>
              <span class="size">{{ sizeText(file.size) }}</span>
            </a>
          </li>
        }
      </ul>
    }
  `,
  styleUrl: './message-attachments.css',
})
export class MessageAttachments {
  readonly attachments = input.required<readonly Attachment[]>();
  protected readonly sizeText = sizeText;
  protected readonly images = computed(() => this.attachments().filter(isImage));
  protected readonly others = computed(() => this.attachments().filter((file) => !isImage(file)));
}
