interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchLimits<Item> {
  /** How long after a batch left the next one may leave, in milliseconds. */
  readonly gapMs: number;
  /** What a batch may weigh; a heavier item goes alone. */
  readonly maxWeight: number;
  weigh(item: Item): number;
}

/**
 * Sends what many ask for together and in order, one batch at a time: what comes while a batch is under way, or less
 * than the gap after it left, gathers for the next one. After a pause, an item waits for the rest of its turn of the
 * event loop and no longer.
 *
 * `send` gives the outcomes in the items' order; items beyond its last outcome are sent again with the next batch. A batch
 * that fails fails what has gathered behind it, so nobody waits for one failure after the other.
 */
export class Batches<Item, Outcome> {
  #waiting: Waiting<Item, Outcome>[] = [];
  #underWay = false;
  #leftAt = -Infinity;
  #turn?: NodeJS.Immediate;
  #gap?: NodeJS.Timeout;

  constructor(
    private readonly send: (items: readonly Item[]) => Promise<readonly Outcome[]>,
    private readonly limits: BatchLimits<Item>,
  ) {}

  add(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#underWay || this.#turn || this.#waiting.length === 0) return;
    const wait = this.#leftAt + this.limits.gapMs - performance.now();
    if (wait <= 0) {
      clearTimeout(this.#gap);
      this.#turn = setImmediate(() => void this.#leave());
    } else {
      this.#gap ??= setTimeout(() => void this.#leave(), wait);
    }
  }

  async #leave(): Promise<void> {
    this.#turn = this.#gap = undefined;
    const batch = this.#take();
    this.#underWay = true;
    this.#leftAt = performance.now();
    try {
      const outcomes = await this.send(batch.map(({ item }) => item));
      outcomes.forEach((outcome, index) => batch[index]?.resolve(outcome));
      if (outcomes.length < batch.length) this.#waiting.unshift(...batch.slice(outcomes.length));
    } catch (error) {
      // Whatever it is, those who asked are told.
      for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(error);
    }
    this.#underWay = false;
    this.#schedule();
  }

  /** The oldest that a batch has room for. */
  #take(): Waiting<Item, Outcome>[] {
    let weight = 0;
    let count = 0;
    for (const { item } of this.#waiting) {
      weight += this.limits.weigh(item);
      if (count > 0 && weight > this.limits.maxWeight) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
