/** At least this long between two showings, in milliseconds. */
const PAUSE = 60;
/** A showing that took long is followed by a pause this many times as long, so that the page stays quick. */
const PAUSE_PER_SHOWING = 4;

/**
 * Shows something that grows: `changed` shows it soon, however often it is called; `flush` shows it now, if anything
 * changed since the last time.
 */
export class Paced {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = 0;

  constructor(private readonly show: () => void) {}

  changed(): void {
    this.#timer ??= setTimeout(() => this.flush(), this.#pause);
  }

  flush(): void {
    if (this.#timer === undefined) return;
    this.drop();
    const startedAt = performance.now();
    this.show();
    this.#pause = Math.max(PAUSE, (performance.now() - startedAt) * PAUSE_PER_SHOWING);
  }

  /** Shows nothing any more. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
