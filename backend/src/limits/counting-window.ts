import { hash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from './rate-limiter.js';

/**
 * The counters of one bucket in this process. Where too many keys are counted, further ones share some counters, so that
 * whoever comes from countless addresses takes bounded memory and is limited as a whole.
 */
export class CountingWindow {
  readonly #counters: RateLimiterMemory;
  /** Keys that were begun in this window and in the one before: all that can still be counted. */
  #begun = 0;
  #begunBefore = 0;
  #since: number;

  constructor(
    private readonly limit: RateLimit,
    private readonly maxKeys: number,
    private readonly now: () => number,
  ) {
    this.#counters = new RateLimiterMemory({ points: limit.points, duration: limit.windowSeconds });
    this.#since = now();
  }

  /** Counts, and returns how many milliseconds to wait where that is too much. */
  async consume(key: string, points: number): Promise<number | undefined> {
    try {
      this.#note(await this.#counters.consume(await this.#counterOf(key), points));
      return undefined;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.#note(refusal);
      return refusal.msBeforeNext;
    }
  }

  async giveBack(key: string, points: number): Promise<void> {
    this.#note(await this.#counters.reward(await this.#counterOf(key), points));
  }

  async #counterOf(key: string): Promise<string> {
    this.#turn();
    const hasRoom = this.#begun + this.#begunBefore < this.maxKeys;
    return hasRoom || (await this.#counters.get(key)) ? key : sharedCounter(key);
  }

  #note({ isFirstInDuration }: RateLimiterRes): void {
    if (isFirstInDuration) this.#begun += 1;
  }

  #turn(): void {
    const windows = Math.floor((this.now() - this.#since) / (this.limit.windowSeconds * 1000));
    if (windows < 1) return;
    this.#begunBefore = windows === 1 ? this.#begun : 0;
    this.#begun = 0;
    this.#since = this.now();
  }
}

/** One of 4096. */
function sharedCounter(key: string): string {
  return `shared ${hash('sha256', key, 'hex').slice(0, 3)}`;
}
