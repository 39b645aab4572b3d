import { Clock } from '../clock.js';

interface PendingTimer {
  readonly dueAt: number;
  readonly delayMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock extends Clock {
  readonly #timers = new Set<PendingTimer>();
  readonly #watchers = new Set<() => void>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { dueAt: this.#now + ms, delayMs: ms, callback };
    this.#timers.add(timer);
    for (const watcher of this.#watchers) watcher();
    return () => this.#timers.delete(timer);
  }

  /** The delays of the timers that are set, shortest first. */
  get pending(): number[] {
    return [...this.#timers].map((timer) => timer.delayMs).sort((a, b) => a - b);
  }

  /** Resolves once a timer of exactly this delay is set. */
  async timerOf(delayMs: number): Promise<void> {
    while (!this.pending.includes(delayMs)) {
      await new Promise<void>((resolve) => {
        const watcher = () => {
          this.#watchers.delete(watcher);
          resolve();
        };
        this.#watchers.add(watcher);
      });
    }
  }

  /** Moves the time on and runs what has come due, in order. */
  advance(ms: number): void {
    this.#now += ms;
    const due = [...this.#timers]
      .filter((timer) => timer.dueAt <= this.#now)
      .sort((a, b) => a.dueAt - b.dueAt);
    for (const timer of due) if (this.#timers.delete(timer)) timer.callback();
  }
}
