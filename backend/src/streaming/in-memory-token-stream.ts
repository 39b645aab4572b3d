import { EventInbox } from './event-inbox.js';
import { endsReply } from './gather.js';
import type { MessageEvent, NewMessageEvent } from './message-event.js';
import { FencedError, sequenceBefore, TokenStream, type Reading } from './token-stream.js';

interface Log {
  readonly attempt: number;
  readonly events: MessageEvent[];
  expiresAt: number;
}

/** The events after `after`, or, where there are none, the last event. Lazily: a reader may have room for a few only. */
function* eventsAfter(log: Log | undefined, after: number): Generator<MessageEvent> {
  if (!log) return;
  const first = Math.max(0, Math.min(after - sequenceBefore(log.attempt), log.events.length - 1));
  for (let index = first; index < log.events.length; index++) {
    const event = log.events[index];
    if (event) yield event;
  }
}

/** The token stream of a single process. Its logs end with the process; attempts are numbered so that cursors do not. */
export class InMemoryTokenStream extends TokenStream {
  /** By session, the ones written to longest ago first. */
  readonly #logs = new Map<string, Log>();
  readonly #readers = new Map<string, Set<EventInbox>>();

  /**
   * @param ttlSeconds how long a log stays after it was last written to.
   * @param now the time in milliseconds.
   */
  constructor(
    private readonly ttlSeconds: number,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  /** How many readers are reading. */
  get readerCount(): number {
    return [...this.#readers.values()].reduce((count, readers) => count + readers.size, 0);
  }

  /** How many logs are kept. */
  get logCount(): number {
    return this.#logs.size;
  }

  override begin(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<void> {
    if ((this.#log(sessionId)?.attempt ?? 0) >= attempt) {
      return Promise.reject(new FencedError(sessionId, attempt));
    }
    this.#write(sessionId, { attempt, events: [], expiresAt: 0 }, events);
    return Promise.resolve();
  }

  override append(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<number> {
    const log = this.#log(sessionId);
    if (log?.attempt !== attempt || endsReply(log.events)) {
      return Promise.reject(new FencedError(sessionId, attempt));
    }
    return Promise.resolve(this.#write(sessionId, log, events));
  }

  override read(sessionId: string, after: number, signal: AbortSignal): Reading {
    const readers = this.#readers.get(sessionId) ?? new Set<EventInbox>();
    const inbox: EventInbox = new EventInbox(after, signal, {
      refill: () => inbox.put(eventsAfter(this.#log(sessionId), inbox.lastSequence)),
      release: () => {
        readers.delete(inbox);
        if (readers.size === 0 && this.#readers.get(sessionId) === readers) this.#readers.delete(sessionId);
      },
    });
    if (!inbox.open) return inbox;
    readers.add(inbox);
    this.#readers.set(sessionId, readers);
    inbox.put(eventsAfter(this.#log(sessionId), after));
    return inbox;
  }

  override hasEnded(sessionId: string): Promise<boolean> {
    return Promise.resolve(endsReply(this.#log(sessionId)?.events ?? []));
  }

  /** Drops what has expired, in place of a timer: whoever adds a log passes here, so old ones do not pile up. */
  #log(sessionId: string): Log | undefined {
    for (const [oldSessionId, log] of this.#logs) {
      if (log.expiresAt > this.now()) break;
      this.#logs.delete(oldSessionId);
    }
    return this.#logs.get(sessionId);
  }

  #write(sessionId: string, log: Log, events: readonly NewMessageEvent[]): number {
    const before = sequenceBefore(log.attempt) + log.events.length;
    const written = events.map((event, index) => ({ ...event, sequence: before + index + 1 }));
    for (const event of written) log.events.push(event);
    log.expiresAt = this.now() + this.ttlSeconds * 1_000;
    // Set anew, the log moves to the end of the map's order.
    this.#logs.delete(sessionId);
    this.#logs.set(sessionId, log);
    // Copied, because a final event takes its readers out.
    for (const reader of [...(this.#readers.get(sessionId) ?? [])]) reader.put(written);
    return before + written.length;
  }
}
