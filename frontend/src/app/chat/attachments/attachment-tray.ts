import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
} from '@angular/core';
import { plainSentence } from '../../graphql/plain-sentence';
import { inNumber } from '../../languages/in-number';
import type { AttachedFile } from './attached-file';
import { AttachmentChip } from './attachment-chip';
import { refusalSentences } from './refusal-text';
import type { RefusedName } from './refused-file';

/** The files that go with what is being written, and what is to be said about those that do not. */
@Component({
  selector: 'app-attachment-tray',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AttachmentChip],
  template: `
    @if (files().length > 0) {
      <ul aria-label="Attached files" i18n-aria-label>
        @for (file of files(); track file.key) {
          <li>
            <app-attachment-chip
              [attached]="file"
              (removed)="remove(file, $index)"
              (retried)="retried.emit(file.key)"
            />
          </li>
        }
      </ul>
    }
    <div role="status">
      @for (note of notes(); track note) {
        <p dir="auto">{{ note }}</p>
      }
      <span class="visually-hidden">{{ count() }}</span>
    </div>
  `,
  styles: `
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      max-height: 30dvh;
      padding: 12px 12px 0;
      overflow-y: auto;
      list-style: none;
    }
    li {
      flex: none;
      max-width: min(100%, 16rem);
    }
    @media (max-width: 600px) {
      ul {
        flex-wrap: nowrap;
        overflow-x: auto;
      }
    }
    p {
      padding: 8px 20px 0;
      color: var(--danger);
      font: var(--text-s);
      overflow-wrap: anywhere;
    }
  `,
})
export class AttachmentTray {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);

  readonly files = input.required<readonly AttachedFile[]>();
  /** What was to be attached last, and was not taken. */
  readonly refused = input<readonly RefusedName[]>([]);
  readonly removed = output<string>();
  readonly retried = output<string>();
  /** The last file has gone, and its button with it. */
  readonly lastRemoved = output();

  protected readonly notes = computed(() => [
    ...refusalSentences(this.refused()),
    ...this.files().flatMap(({ name, progress }) =>
      progress.type === 'failed'
        ? [$localize`${name}:file: was not uploaded. ${plainSentence(progress.failure)}:why:`]
        : [],
    ),
  ]);
  /** For who does not see them. */
  protected readonly count = computed(() => {
    const { length } = this.files();
    if (length === 0 || this.files().some(({ progress }) => progress.type === 'uploading')) return '';
    return inNumber(length, {
      one: $localize`${length}:count: file attached`,
      other: $localize`${length}:count: files attached`,
    });
  });

  /** The focus goes to the neighbour's button. */
  protected remove({ key }: AttachedFile, index: number): void {
    this.removed.emit(key);
    afterNextRender(() => this.#focus(index), { injector: this.#injector });
  }

  #focus(index: number): void {
    const buttons = Array.from(this.#host.querySelectorAll<HTMLElement>('.remove'));
    const next = buttons[index] ?? buttons.at(-1);
    if (next) next.focus();
    else this.lastRemoved.emit();
  }
}
