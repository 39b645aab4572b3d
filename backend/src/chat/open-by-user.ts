/** What this process has open, by whose it is. While there is anything, a round comes at each interval. */
export class OpenByUser<T> {
  readonly #byUser = new Map<string, Set<T>>();
  #timer?: NodeJS.Timeout;

  /** @param intervalMs between two rounds, in milliseconds. */
  constructor(
    private readonly intervalMs: number,
    private readonly round: () => void,
  ) {}

  /** Returns what takes it out again, and says whether it was still there. */
  add(userId: string, item: T): () => boolean {
    const items = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, items.add(item));
    this.#timer ??= setInterval(this.round, this.intervalMs);
    return () => this.#remove(userId, item);
  }

  of(userId: string): Iterable<T> {
    return this.#byUser.get(userId) ?? [];
  }

  *all(): Iterable<T> {
    for (const items of this.#byUser.values()) yield* items;
  }

  /** No round comes any more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #remove(userId: string, item: T): boolean {
    const items = this.#byUser.get(userId);
    if (!items?.delete(item)) return false;
    if (items.size === 0) this.#byUser.delete(userId);
    if (this.#byUser.size === 0) this.stop();
    return true;
  }
}
