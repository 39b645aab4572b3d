/**
 * A hash, what is known of a session's log:
 *   attempt   whom it belongs to
 *   begun     which command began the attempt
 *   writer    until the final event has been appended: the id of the process that began the attempt
 *   told      the last append by another process, and what came of it
 */
export const STATE_PREFIX = 'rivulet:state:';
/**
 * A list: a session's events as JSON, behind one element that is none; so an event's index is its number within the
 * attempt, and there is a list before there are events. While the log is open, the attempt is part of the name.
 */
export const EVENTS_PREFIX = 'rivulet:events:';
/** A set: the processes that read a session before it has a log. */
export const WAITING_PREFIX = 'rivulet:waiting:';
/** A string: a writing process' last batch and what came of it. */
export const BATCH_PREFIX = 'rivulet:batch:';
/** A channel: who reads the logs that a process writes, as JSON: `[process, session, last number or nothing]`. */
export const WRITER_PREFIX = 'rivulet:writer:';
/** A channel: what happens in the sessions that a process reads. */
export const READERS_PREFIX = 'rivulet:readers:';
/** A channel: the ids of sessions whose logs have what nobody was told, with the attempt where it is one that has begun. */
export const LOOK_CHANNEL = 'rivulet:look';

/** Where Redis keeps a session's log. */
export function logKeys(sessionId: string) {
  return {
    state: STATE_PREFIX + sessionId,
    events: EVENTS_PREFIX + sessionId,
    /** The events of an attempt that has not ended. */
    openEvents: (attempt: number) => `${EVENTS_PREFIX}${sessionId}:${attempt}`,
  };
}
