/** What one process knows of a log that it began. */
export interface BegunLog {
  readonly attempt: number;
  /** The number of the last event, this process being the only one that writes text. */
  last: number;
  written: boolean;
  renewedAt: number;
}

/**
 * The logs that this process began: where they end, and when they were last made to live on, so that not every append
 * has to do it. A log lives for a quarter longer than its TTL, and is renewed when that quarter is over: so it is there
 * for its TTL after whatever was written last.
 */
export class BegunLogs {
  /** By session, the ones renewed longest ago first. */
  readonly #logs = new Map<string, BegunLog>();

  /** @param now the time in milliseconds. */
  constructor(
    private readonly ttlSeconds: number,
    private readonly now: () => number,
  ) {}

  /** What Redis is to be told, in seconds. */
  get lifetimeSeconds(): number {
    return Math.ceil(this.ttlSeconds * 1.25);
  }

  /** How many logs are remembered. */
  get size(): number {
    return this.#logs.size;
  }

  /** @param last the number of its last event. */
  begun(sessionId: string, attempt: number, last: number): void {
    for (const [oldSessionId, { renewedAt }] of this.#logs) {
      if (renewedAt + this.lifetimeSeconds * 1_000 > this.now()) break;
      this.#logs.delete(oldSessionId);
    }
    this.#logs.delete(sessionId);
    this.#logs.set(sessionId, { attempt, last, written: false, renewedAt: this.now() });
  }

  /** Undefined where another process began it, or it may be gone by now, and another process' log be in its place. */
  find(sessionId: string, attempt: number): BegunLog | undefined {
    const log = this.#logs.get(sessionId);
    if (log && this.now() - log.renewedAt > this.ttlSeconds * 1_000) this.#logs.delete(sessionId);
    else if (log?.attempt === attempt) return log;
    return undefined;
  }

  ended(sessionId: string): void {
    this.#logs.delete(sessionId);
  }

  /** Whether nothing has been written since the log was begun here. True once. */
  isFirstWrite(sessionId: string): boolean {
    const log = this.#logs.get(sessionId);
    if (!log || log.written) return false;
    return (log.written = true);
  }

  /** Whether a write has to renew the log, which it does then. So it is where another process began the log. */
  isDue(sessionId: string): boolean {
    const log = this.#logs.get(sessionId);
    if (!log) return true;
    if (this.now() - log.renewedAt < (this.ttlSeconds * 1_000) / 4) return false;
    log.renewedAt = this.now();
    this.#logs.delete(sessionId);
    this.#logs.set(sessionId, log);
    return true;
  }
}
