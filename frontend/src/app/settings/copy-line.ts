import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  computed,
  inject,
  input,
  signal,
} from '@angular/core';

const COPIED_MS = 2_000;

/** Something to take along to a terminal, and the button that copies it. */
@Component({
  selector: 'app-copy-line',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <pre tabindex="0" role="region" [attr.aria-label]="label()">{{ text() }}</pre>
    <button type="button" class="plain-button" [attr.aria-label]="copyLabel()" (click)="copy()">
      {{ button() }}
    </button>
    <p role="status" [class.visually-hidden]="copied() !== 'failed'">{{ words[copied()] }}</p>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 8px;
      min-width: 0;
    }
    pre {
      flex: 1 1 16rem;
      min-width: 0;
      padding: 7px 12px;
      border: 1px solid var(--line);
      border-radius: var(--radius-s);
      margin: 0;
      background: var(--raised);
      font: var(--size-s) var(--font-mono);
      overflow-x: auto;
      scrollbar-width: thin;
    }
    button {
      min-width: 72px;
      justify-content: center;
    }
    p {
      font: var(--text-s);
    }
  `,
})
export class CopyLine {
  readonly #clipboard = inject(Clipboard);
  #forget: ReturnType<typeof setTimeout> | undefined;
  protected readonly copied = signal<'no' | 'yes' | 'failed'>('no');
  protected readonly words = {
    no: '',
    yes: $localize`Copied`,
    failed: $localize`The browser did not allow copying. Select the text instead.`,
  };

  protected readonly button = computed(() => (this.copied() === 'yes' ? $localize`Copied` : $localize`Copy`));
  protected readonly copyLabel = computed(() => $localize`Copy ${this.label()}:what:`);

  readonly label = input.required<string>();
  readonly text = input.required<string>();

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#forget));
  }

  protected copy(): void {
    this.copied.set(this.#clipboard.copy(this.text()) ? 'yes' : 'failed');
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => this.copied.set('no'), COPIED_MS);
  }
}
