import {
  Component,
  DestroyRef,
  Injector,
  ViewEncapsulation,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import type { Block } from './block';
import { Blocks } from './blocks';
import { CLOCK } from './clock';
import { FirstReading } from './first-reading';
import { gradually } from './gradually';
import { replyParts } from './reply-parts';
import { EMPTY_REPLY, finishReply, growReply } from './split-blocks';

/** After a rendering, the page rests this many times as long as it took. */
const REST = 3;
/** Milliseconds; a little less than a frame of 60 Hz, so that no frame is missed. */
const SHORTEST_REST = 12;
/** Milliseconds; however costly a block is, the reader sees it grow. */
const LONGEST_REST = 500;

/** Blocks; about a screen of them. */
const AT_ONCE = 24;

/**
 * A reply in Markdown, shown while it arrives. New text is taken over at most once per frame, and
 * less often while a block is costly; only the last block is rendered again. Of a long reply that is
 * there already the end comes first, and the rest bit by bit.
 */
@Component({
  selector: 'app-markdown',
  template: `
    @if (gradual.hidden() > 0) {
      <div class="to-come"></div>
    }
    @for (part of gradual.shown(); track part.key) {
      <app-markdown-blocks [blocks]="part.blocks" [growing]="growing() && $last" [highest]="highest()" />
    }
  `,
  styleUrl: './markdown.css',
  encapsulation: ViewEncapsulation.None,
  imports: [Blocks],
  host: { '[class.growing]': 'growing()', '[class.empty]': 'parts().length === 0' },
})
export class Markdown {
  readonly source = input.required<string>();
  /** More text may come. */
  readonly growing = input(false);

  /** Nothing of it may come later. */
  readonly whole = input(false);

  readonly #injector = inject(Injector);
  readonly #now = inject(CLOCK);
  readonly #firstReading = inject(FirstReading);
  readonly #reply = signal(EMPTY_REPLY);
  /** Counts the frames that were asked for because text came too early. */
  readonly #frames = signal(0);
  #frame?: number;
  #notBefore = 0;

  protected readonly parts = linkedSignal<readonly Block[], readonly (readonly Block[])[]>({
    source: () => this.#reply().blocks,
    computation: (blocks, before) => replyParts(blocks, before?.value),
  });

  readonly #keyed = computed(() => this.parts().map((blocks, key) => ({ key, blocks })));
  protected readonly gradual = gradually(this.#keyed, {
    first: AT_ONCE,
    next: AT_ONCE,
    sizeOf: ({ blocks }) => blocks.length,
  });

  protected readonly highest = computed(() => {
    const first = this.#reply().blocks.find(({ type }) => type === 'heading');
    return first?.type === 'heading' ? first.level : 1;
  });

  constructor() {
    effect(() => {
      this.#frames();
      const source = this.source();
      const growing = this.growing();
      untracked(() => {
        if (growing) this.#grow(source);
        else this.#firstReading.read(() => this.#finish(source));
      });
    });
    effect(() => {
      const [first] = this.#keyed();
      if (this.whole() && first) this.gradual.from(first);
    });
    inject(DestroyRef).onDestroy(() => this.#cancelFrame());
  }

  #grow(source: string): void {
    const begun = this.#now();
    if (begun < this.#notBefore) {
      this.#frame ??= requestAnimationFrame(() => this.#onFrame());
      return;
    }
    this.#reply.update((reply) => growReply(reply, source));
    afterNextRender({ read: () => this.#rest(this.#now() - begun) }, { injector: this.#injector });
  }

  #rest(spent: number): void {
    this.#notBefore = this.#now() + Math.min(LONGEST_REST, Math.max(SHORTEST_REST, spent * REST));
  }

  #onFrame(): void {
    this.#frame = undefined;
    if (this.#now() < this.#notBefore) this.#frame = requestAnimationFrame(() => this.#onFrame());
    else this.#frames.update((count) => count + 1);
  }

  #finish(source: string): void {
    this.#cancelFrame();
    this.#reply.update((reply) => finishReply(reply, source));
  }

  #cancelFrame(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }
}
