import { AppError } from '../errors/app-error.js';

/** What is asked for at once is done a few at a time. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param waitingAtMost how many may wait; whoever comes then is RATE_LIMITED. */
  constructor(
    private readonly atOnce: number,
    private readonly waitingAtMost: number,
  ) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.atOnce) this.#running += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      // The next one takes the place as it is, so that nobody who comes now gets in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.waitingAtMost) {
      throw new AppError('RATE_LIMITED', 'Too many want to sign in right now.', { retryAfterMs: 2_000 });
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
