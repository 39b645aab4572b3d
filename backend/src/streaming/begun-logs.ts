import { logKeys } from './redis-names.js';

/** What one process knows of a log that it began. */
export interface BegunLog {
  readonly attempt: number;
  /** The list of its events. */
  readonly key: string;
  /** The number of the last event, this process being the only one that writes text. */
  last: number;
  /** Whether the final event is on its way. */
  ends: boolean;
  /** The processes that read it. */
  readonly readers: Set<string>;
  renewedAt: number;
}

/** How long a log that has ended is remembered, in milliseconds: longer than a message takes. */
const REMEMBERED_MS = 5_000;

/**
 * The logs that this process began: where they end, who reads them, and when they were last made to live on, so that not
 * every append has to do it. A log lives for a quarter longer than its TTL, and is renewed when that quarter is over: so
 * it is there for its TTL after whatever was written last.
 */
export class BegunLogs {
  /** By session, the ones renewed longest ago first. */
  readonly #logs = new Map<string, BegunLog>();
  /** When the log of a session ended, the first one first. */
  readonly #ended = new Map<string, number>();

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
    return this.#logs.size + this.#ended.size;
  }

  /** How many processes read, one being counted for each log that it reads. */
  get readerCount(): number {
    return [...this.#logs.values()].reduce((count, { readers }) => count + readers.size, 0);
  }

  /** The sessions whose logs are open. */
  get sessionIds(): string[] {
    return [...this.#logs.keys()];
  }

  /** @param last the number of its last event. */
  begun(sessionId: string, attempt: number, last: number): BegunLog {
    for (const [oldSessionId, { renewedAt }] of this.#logs) {
      if (renewedAt + this.lifetimeSeconds * 1_000 > this.now()) break;
      this.#logs.delete(oldSessionId);
    }
    const key = logKeys(sessionId).openEvents(attempt);
    const log = { attempt, key, last, ends: false, readers: new Set<string>(), renewedAt: this.now() };
    this.#logs.delete(sessionId);
    this.#logs.set(sessionId, log);
    return log;
  }

  /** Undefined where another process began it, or it may be gone by now, and another process' log be in its place. */
  find(sessionId: string, attempt: number): BegunLog | undefined {
    const log = this.#logs.get(sessionId);
    if (log && this.now() - log.renewedAt > this.ttlSeconds * 1_000) this.#logs.delete(sessionId);
    else if (log?.attempt === attempt) return log;
    return undefined;
  }

  /** A process no longer reads a log. */
  leave(sessionId: string, processId: string): void {
    this.#logs.get(sessionId)?.readers.delete(processId);
  }

  /** `log` is not there, or ended as it began. */
  forget(sessionId: string, log: BegunLog): void {
    if (this.#logs.get(sessionId) === log) this.#logs.delete(sessionId);
  }

  ended(sessionId: string, log: BegunLog): void {
    for (const [oldSessionId, endedAt] of this.#ended) {
      if (endedAt + REMEMBERED_MS > this.now()) break;
      this.#ended.delete(oldSessionId);
    }
    this.forget(sessionId, log);
    this.#ended.delete(sessionId);
    this.#ended.set(sessionId, this.now());
  }

  /** Whether the log has ended, lately and here. */
  hasEnded(sessionId: string): boolean {
    return this.#ended.has(sessionId);
  }

  /** Whether a write has to renew the log, which it does then. */
  isDue(sessionId: string, log: BegunLog): boolean {
    if (this.now() - log.renewedAt < (this.ttlSeconds * 1_000) / 4) return false;
    log.renewedAt = this.now();
    if (this.#logs.get(sessionId) === log) {
      this.#logs.delete(sessionId);
      this.#logs.set(sessionId, log);
    }
    return true;
  }
}
