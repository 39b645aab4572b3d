import { DestroyRef, Directive, ElementRef, afterNextRender, inject, signal } from '@angular/core';

const NEAR_PX = 32;

/** Whether the browser keeps what is being read in its place when something comes in above. Safari does not. */
export const keepsPlace = (): boolean => 'overflowAnchor' in document.documentElement.style;

/**
 * A scroller that stays at its end while the content grows, until somebody scrolls up. Whoever goes to a place in it stays
 * there, whatever comes in around it or turns out to be higher than was guessed, until they scroll. In it stands one element,
 * and in that another, the content: the outer one may be held higher than the content is.
 */
@Directive({
  selector: '[appFollowEnd]',
  exportAs: 'followEnd',
  host: { '(scroll)': 'scrolled()' },
})
export class FollowEnd {
  readonly #scroller = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #following = signal(true);
  #holder: HTMLElement | undefined;
  #top = 0;
  #height = 0;
  /** Where the reader went. Until they scroll, it is kept here, and not by the browser, which would keep what is below it. */
  #place: HTMLElement | undefined;

  readonly following = this.#following.asReadonly();

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      if (typeof ResizeObserver === 'undefined') return;
      this.#holder = this.#scroller.firstElementChild as HTMLElement;
      const observer = new ResizeObserver(() => this.#resized());
      observer.observe(this.#scroller);
      observer.observe(this.#holder.firstElementChild as HTMLElement);
      destroyed.onDestroy(() => observer.disconnect());
    });
  }

  toEnd(behavior: ScrollBehavior = 'instant'): void {
    this.#stayAt(undefined);
    this.#following.set(true);
    this.#scroller.scrollTo?.({ top: this.#scroller.scrollHeight, behavior });
  }

  /** The reader wants to see this instead of the end. */
  goTo(element: HTMLElement): void {
    this.#stayAt(element);
    this.#resized();
  }

  /** Something was put in above: what is being read must not move. */
  keepPlace(heightAbove: () => number): void {
    if (!this.#following() && !this.#place) this.#shift(heightAbove);
  }

  /** Something changed around a place that moved with it: it must not, even if that leaves the end. */
  hold(moved: () => number): void {
    this.#stayAt(undefined);
    this.#release();
    this.#settle(moved);
    this.#following.set(this.#atEnd());
  }

  protected scrolled(): void {
    const { scrollTop, scrollHeight } = this.#scroller;
    // Content that gets shorter moves the scroller up as well; only a reader lets go.
    const moved = scrollHeight >= this.#height ? scrollTop - this.#top : 0;
    if (Math.abs(moved) > 1) this.#stayAt(undefined);
    if (moved < -1) {
      this.#following.set(false);
      this.#release();
    } else if (this.#atEnd()) {
      this.#following.set(true);
    }
    this.#remember();
  }

  #atEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight <= NEAR_PX;
  }

  #resized(): void {
    if (this.#place?.isConnected) {
      this.#release();
      this.#scroller.scrollTop += this.#distanceTo(this.#place);
      this.#following.set(this.#atEnd());
    } else if (this.#following()) {
      this.#holdHeight();
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    }
    this.#remember();
  }

  /**
   * What is drawn anew is gone for a moment, in which Safari would move the scroller up as if a reader had: until it has been
   * seen to be lower, the content is as high as it was. Other browsers would forget to keep the place where this changes.
   */
  #holdHeight(): void {
    if (keepsPlace()) return;
    const { style, firstElementChild } = this.#holder ?? {};
    if (style && firstElementChild)
      style.minHeight = `${Math.floor(firstElementChild.getBoundingClientRect().height)}px`;
  }

  #release(): void {
    if (this.#holder) this.#holder.style.minHeight = '';
  }

  /** Pixels. Scrolling into view would move what is around the scroller as well, above a phone's keyboard for one. */
  #distanceTo(element: HTMLElement): number {
    const edge = Number.parseFloat(getComputedStyle(this.#scroller).scrollPaddingTop) || 0;
    return element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top - edge;
  }

  #stayAt(place: HTMLElement | undefined): void {
    this.#place = place;
    this.#scroller.style.overflowAnchor = place ? 'none' : '';
  }

  #shift(height: () => number): void {
    // Some browsers would move it back as well, then it would be twice.
    this.#scroller.style.overflowAnchor = 'none';
    this.#scroller.scrollTop += height();
    this.#remember();
    requestAnimationFrame(() => this.#stayAt(this.#place));
  }

  /** What comes into sight has been a guess until then, and is as high as it is one frame or two later. */
  #settle(moved: () => number, frames = 3): void {
    this.#shift(moved);
    if (frames > 0) requestAnimationFrame(() => this.#settle(moved, frames - 1));
  }

  #remember(): void {
    this.#top = this.#scroller.scrollTop;
    this.#height = this.#scroller.scrollHeight;
  }
}
