import type { ChatSession } from './chat-session.js';

/** How long a start is remembered, in milliseconds. */
const REMEMBERED_MS = 1_000;

interface Start {
  readonly userId: string;
  readonly session: ChatSession;
  readonly until: number;
}

/**
 * The sessions that this process has started a moment ago: whoever starts a reply reads it next, and need not be looked up
 * again. Each is given out once. One that is deleted in between ends its stream as any other does: see `OpenStreams`.
 */
export class JustStarted {
  /** The earliest first. */
  readonly #starts = new Map<string, Start>();

  /** @param now the time in milliseconds. */
  constructor(private readonly now: () => number = Date.now) {}

  add(userId: string, session: ChatSession): void {
    for (const [id, { until }] of this.#starts) {
      if (until > this.now()) break;
      this.#starts.delete(id);
    }
    const lifetime = session.expiresAt.getTime() - session.createdAt.getTime();
    const until = this.now() + Math.min(REMEMBERED_MS, lifetime);
    this.#starts.set(session.id, { userId, session, until });
  }

  /** The session, as it was at its start; undefined where this user has not just started it here. */
  take(userId: string, sessionId: string): ChatSession | undefined {
    const start = this.#starts.get(sessionId);
    if (start?.userId !== userId) return undefined;
    this.#starts.delete(sessionId);
    return start.until > this.now() ? start.session : undefined;
  }
}
