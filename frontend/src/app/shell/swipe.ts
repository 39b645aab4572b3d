import { DOCUMENT, Directive, inject, output } from '@angular/core';

const EDGE_PX = 24;
const FAR_ENOUGH_PX = 56;

/** Tells of a finger drawing the drawer in from the edge where lines begin, or pushing it back out. */
@Directive({
  selector: '[appSwipe]',
  host: { '(touchstart)': 'begin($event)', '(touchend)': 'end($event)' },
})
export class Swipe {
  readonly swipedIn = output();
  readonly swipedOut = output();
  readonly #root = inject(DOCUMENT).documentElement;
  #start: Touch | undefined;

  protected begin({ touches }: TouchEvent): void {
    this.#start = touches.length === 1 ? touches[0] : undefined;
  }

  protected end({ changedTouches: [end] }: TouchEvent): void {
    if (!this.#start || !end) return;
    const mirrored = this.#root.dir === 'rtl';
    const across = (end.clientX - this.#start.clientX) * (mirrored ? -1 : 1);
    const down = end.clientY - this.#start.clientY;
    // Scrolling a wide table sideways, or the page up and down, is not a swipe.
    if (Math.abs(across) < FAR_ENOUGH_PX || Math.abs(down) > Math.abs(across) / 2) return;
    const edge = mirrored ? this.#root.clientWidth - this.#start.clientX : this.#start.clientX;
    if (across > 0 && edge <= EDGE_PX) this.swipedIn.emit();
    if (across < 0 && inDrawer(this.#start.target)) this.swipedOut.emit();
  }
}

function inDrawer(target: EventTarget): boolean {
  return target instanceof Element && target.closest('app-sidebar') !== null;
}
