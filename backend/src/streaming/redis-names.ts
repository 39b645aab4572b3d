/** A hash: whom a session's log belongs to. */
export const STATE_PREFIX = 'rivulet:state:';
/** A list: a session's events as JSON; an event's index is its number within the attempt. */
export const EVENTS_PREFIX = 'rivulet:events:';
/** A hash: the open logs of a writing process and who reads them, its last batch and what came of it. */
export const WRITER_PREFIX = 'rivulet:writer:';
/** A channel: what happens in the sessions that a process reads. */
export const READERS_PREFIX = 'rivulet:readers:';
/** A channel: the ids of sessions that have a log now and had none. */
export const BEGUN_CHANNEL = 'rivulet:begun';

/** Where Redis keeps a session's log. */
export function logKeys(sessionId: string) {
  return { state: STATE_PREFIX + sessionId, events: EVENTS_PREFIX + sessionId };
}
