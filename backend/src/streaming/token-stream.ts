import type { MessageEvent, NewMessageEvent } from './message-event.js';

/**
 * Events of attempt `n` are numbered from `(n - 1) * ATTEMPT_SPAN + 1`, so numbers rise across attempts even where
 * the log of the earlier attempt is gone. 2^24 leaves 127 attempts within GraphQL's 32-bit Int, and more
 * events an attempt than the bound on a reply's length allows.
 */
export const ATTEMPT_SPAN = 2 ** 24;

/** The highest number that comes before every event of `attempt` (which counts from 1). */
export function sequenceBefore(attempt: number): number {
  return (attempt - 1) * ATTEMPT_SPAN;
}

/** The attempt that `sequence` belongs to; that of the next number where it comes before all of them. */
export function attemptOf(sequence: number): number {
  return Math.floor(sequence / ATTEMPT_SPAN) + 1;
}

/** Why an append was refused: a later attempt has begun, or the log is gone. */
export class FencedError extends Error {
  constructor(sessionId: string, attempt: number) {
    super(`attempt ${attempt} of session ${sessionId} may no longer write`);
    this.name = 'FencedError';
  }
}

/** What one reader is told. */
export interface Reading extends AsyncIterableIterator<MessageEvent> {
  /**
   * Text that comes live, by itself, while `next` waits may be offered to `take` instead: where it returns true the event
   * is taken, and the `next` that waits goes on waiting. So a token costs its reader no promise.
   */
  tap(take: (event: MessageEvent) => boolean): void;
}

/** Replayable log of one reply's events. Readers may come late, leave, and come back. */
export abstract class TokenStream {
  /**
   * Opens the log for `attempt`, dropping what earlier attempts wrote, and fences them out. For an attempt after
   * the first, `events` starts with the `restart` event. Throws `FencedError` if the log already belongs to
   * this attempt or a later one.
   */
  abstract begin(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<void>;

  /**
   * Appends in order and returns the last sequence number. Throws `FencedError` if `attempt` is not the one that
   * the log belongs to, if the log is gone or has lost its newest events, or if a final event has been appended.
   */
  abstract append(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<number>;

  /**
   * The events after `after`, then live ones, in order, each once; ends after a final event, or when `signal`
   * aborts: without throwing, unless the reason is an `AppError`, which is thrown once, before whatever was not taken.
   * Adjacent text of the past comes merged into few events that carry their last number; a reader that takes nothing
   * holds no more than a bounded part of the log.
   * A session that has no log yet is waited for.
   */
  abstract read(sessionId: string, after: number, signal: AbortSignal): Reading;

  /** Whether the log has its final event; false where there is no log. */
  abstract hasEnded(sessionId: string): Promise<boolean>;
}
