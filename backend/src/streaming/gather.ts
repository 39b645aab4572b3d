import { isFinal, type NewMessageEvent } from './message-event.js';

/**
 * Adds `event` to the end of `events`; text goes into the last event where that is text of the same kind, and the
 * joint event then carries what else `event` has (its number). So what gathers never takes more room than its text.
 */
export function gather<E extends NewMessageEvent>(events: E[], event: E): void {
  const last = events.at(-1);
  if ((event.type === 'token' || event.type === 'reasoning') && last?.type === event.type) {
    events[events.length - 1] = { ...event, content: last.content + event.content };
  } else {
    events.push(event);
  }
}

/** Whether the last of `events` ends the reply. */
export function endsReply(events: readonly NewMessageEvent[]): boolean {
  const last = events.at(-1);
  return last !== undefined && isFinal(last);
}
