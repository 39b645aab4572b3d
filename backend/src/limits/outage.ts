/** Whether something that went away is worth asking: one asks in each `retryMs`, until it answers. */
export class Outage {
  #nextTry?: number;

  /** @param now the time in milliseconds. */
  constructor(
    private readonly retryMs: number,
    private readonly now: () => number,
  ) {}

  /** Whether the caller is to ask; it has to tell how that went. */
  shallAsk(): boolean {
    if (this.#nextTry === undefined) return true;
    if (this.now() < this.#nextTry) return false;
    this.#nextTry = this.now() + this.retryMs;
    return true;
  }

  /** Returns whether this was the end of an outage. */
  answered(): boolean {
    const wasAway = this.#nextTry !== undefined;
    this.#nextTry = undefined;
    return wasAway;
  }

  /** Returns whether this was the beginning of an outage. */
  failed(): boolean {
    const wasThere = this.#nextTry === undefined;
    this.#nextTry = this.now() + this.retryMs;
    return wasThere;
  }
}
