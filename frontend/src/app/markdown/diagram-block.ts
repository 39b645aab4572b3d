import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { FollowEnd } from '../chat/follow-end';
import { Theme } from '../shell/theme';
import { CodeBlock } from './code-block';
import { Diagrams } from './diagrams';
import type { Drawing, DrawingRequest } from './drawing';
import { hostInSight } from './in-sight';

/** Characters; what is longer stays code. */
const LONGEST = 20_000;

/**
 * A diagram, and the code that it is drawn from. It is code while it grows and until its drawing is there, so it changes its
 * height once. The drawing is shown as an image: as such it runs nothing, loads nothing and reaches nothing of the page.
 */
@Component({
  selector: 'app-diagram-block',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CodeBlock],
  templateUrl: './diagram-block.html',
  styleUrl: './diagram-block.css',
})
export class DiagramBlock {
  readonly source = input.required<string>();
  /** More lines may come, so there is nothing to draw yet. */
  readonly growing = input(false);

  readonly #diagrams = inject(Diagrams);
  readonly #colours = inject(Theme).colours;
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #follow = inject(FollowEnd, { optional: true });
  readonly #injector = inject(Injector);
  readonly #inSight = hostInSight();
  readonly #drawn = signal<{ source: string; drawing: Drawing | 'refused' } | null>(null);

  readonly #request = computed<DrawingRequest | null>(() => {
    const source = this.source();
    if (this.growing() || source.trim() === '' || source.length > LONGEST) return null;
    return { source, colours: this.#colours() };
  });
  /** In the other colours until the new ones are there. */
  readonly #result = computed(() => {
    const request = this.#request();
    const drawn = this.#drawn();
    if (!request) return null;
    return drawn?.source === request.source ? drawn.drawing : (this.#diagrams.known(request) ?? null);
  });

  /** What the reader wants to see, where there is a choice. */
  protected readonly wanted = signal<'diagram' | 'code'>('diagram');
  protected readonly refused = computed(() => this.#result() === 'refused');
  protected readonly drawing = computed(() => {
    const result = this.#result();
    return result === 'refused' ? null : result;
  });
  protected readonly image = computed(() => {
    const drawing = this.drawing();
    return drawing && `data:image/svg+xml,${encodeURIComponent(drawing.svg)}`;
  });
  protected readonly shown = computed(() => (this.drawing() ? this.wanted() : 'code'));
  protected readonly description = computed(
    () => this.drawing()?.title || $localize`Drawn from the code of this block`,
  );
  protected readonly turnLabel = computed(() =>
    this.shown() === 'code' ? $localize`Diagram` : $localize`Code`,
  );
  protected readonly turnName = computed(() =>
    this.shown() === 'code' ? $localize`Show diagram` : $localize`Show code`,
  );

  constructor() {
    effect(() => {
      const request = this.#request();
      if (request && this.#inSight()) untracked(() => void this.#draw(request));
    });
  }

  /** The button stays where the pointer is. */
  protected turn(): void {
    const { top } = this.#host.getBoundingClientRect();
    this.wanted.update((wanted) => (wanted === 'code' ? 'diagram' : 'code'));
    this.#afterChange(() => this.#follow?.hold(() => this.#host.getBoundingClientRect().top - top));
  }

  async #draw(request: DrawingRequest): Promise<void> {
    const drawing = await this.#diagrams.draw(request);
    if (drawing === 'unavailable' || request !== this.#request()) return;
    const { top, height } = this.#host.getBoundingClientRect();
    this.#drawn.set({ source: request.source, drawing });
    // Its beginning is out of sight, so what is being read may be what comes after it.
    if (top < 0)
      this.#afterChange(() =>
        this.#follow?.keepPlace(() => this.#host.getBoundingClientRect().height - height),
      );
  }

  #afterChange(action: () => void): void {
    afterNextRender({ mixedReadWrite: action }, { injector: this.#injector });
  }
}
