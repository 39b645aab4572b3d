import { Clipboard } from '@angular/cdk/clipboard';
import {
  Component,
  DestroyRef,
  ViewEncapsulation,
  computed,
  effect,
  inject,
  input,
  signal,
} from '@angular/core';
import { Highlighter } from './highlighter';
import { findLanguage } from './languages';
import { SafeHtml } from './safe-html';

/** How long "Copied" stands on the button. */
const COPIED_FOR = 2000;

/** Code with its language and a button that copies it. Plain while it grows, coloured when it is whole. */
@Component({
  selector: 'app-code-block',
  templateUrl: './code-block.html',
  styleUrls: ['./code-block.css', './code-theme.css'],
  encapsulation: ViewEncapsulation.None,
  imports: [SafeHtml],
})
export class CodeBlock {
  readonly code = input.required<string>();
  readonly language = input('');
  /** More lines may come, so there is nothing to copy or colour yet. */
  readonly growing = input(false);
  /** Something else is shown in place of the code. */
  readonly covered = input(false);

  readonly #clipboard = inject(Clipboard);
  readonly #highlighter = inject(Highlighter);
  readonly #painted = signal<{ code: string; html: string } | null>(null);
  #reset?: ReturnType<typeof setTimeout>;

  protected readonly copied = signal<'no' | 'yes' | 'failed'>('no');
  protected readonly label = computed(() => findLanguage(this.language())?.label ?? this.language());
  protected readonly groupLabel = computed(() =>
    this.label() ? $localize`Code, ${this.label()}:language:` : $localize`Code`,
  );
  protected readonly copyLabel = computed(() =>
    this.copied() === 'yes' ? $localize`Copied` : $localize`Copy`,
  );
  protected readonly announcement = computed(() => ANNOUNCEMENTS[this.copied()]());
  /** Colours belong to one text; until they are there for the present one, it is shown plain. */
  protected readonly coloured = computed(() => {
    const painted = this.#painted();
    return painted?.code === this.code() ? painted.html : null;
  });

  constructor() {
    effect(() => {
      if (!this.growing()) void this.#paint(this.code(), this.language());
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#reset));
  }

  protected copy(): void {
    this.copied.set(this.#clipboard.copy(this.code()) ? 'yes' : 'failed');
    clearTimeout(this.#reset);
    this.#reset = setTimeout(() => this.copied.set('no'), COPIED_FOR);
  }

  async #paint(code: string, language: string): Promise<void> {
    const html = await this.#highlighter.highlight(code, language);
    if (html !== undefined && code === this.code()) this.#painted.set({ code, html });
  }
}

const ANNOUNCEMENTS = {
  no: () => '',
  yes: () => $localize`Copied`,
  failed: () => $localize`The browser did not allow copying. Select the code instead.`,
} as const;
