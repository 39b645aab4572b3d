import { DestroyRef, Directive, ElementRef, afterRenderEffect, inject, input, output } from '@angular/core';

const AHEAD = '400px 0px';

/**
 * Tells when the reader has come near the element, in whatever scrolls it; once more whenever the input has changed and
 * it is still near.
 */
@Directive({ selector: '[appSighted]' })
export class Sighted {
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  #observer: IntersectionObserver | undefined;

  readonly appSighted = input.required<unknown>();
  readonly sighted = output();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#observer?.disconnect());
    afterRenderEffect(() => {
      this.appSighted();
      this.#observer?.disconnect();
      if (typeof IntersectionObserver === 'undefined') return;
      this.#observer = new IntersectionObserver(
        (sights) => {
          if (sights.at(-1)?.isIntersecting) this.sighted.emit();
        },
        { root: this.#element.closest('[data-scroller]'), rootMargin: AHEAD },
      );
      this.#observer.observe(this.#element);
    });
  }
}
