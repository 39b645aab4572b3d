import type { MessageEvent, NewMessageEvent } from './message-event.js';

/** Events that follow each other. Of a run that was too long to be published there is only the number after it. */
export interface EventRun {
  /** The number of the first event. */
  readonly first: number;
  readonly events: readonly MessageEvent[];
}

/** One event as an element of the list holds it. */
export function encodeEvent(event: NewMessageEvent): string {
  return JSON.stringify(event);
}

/** The events of list elements, numbered from `first`. */
export function decodeEvents(elements: readonly string[], first: number): MessageEvent[] {
  return numbered(JSON.parse(`[${elements.join(',')}]`) as NewMessageEvent[], first);
}

/** What a process was told, session by session, as the scripts write it. */
export function decodeMessage(text: string): (EventRun & { readonly sessionId: string })[] {
  type Run = [sessionId: string, first: number, ...events: NewMessageEvent[]];
  return (JSON.parse(text) as Run[]).map((run) => {
    const [sessionId, first] = run;
    return { sessionId, first, events: numbered(run.slice(2) as NewMessageEvent[], first) };
  });
}

/** Numbers the events in place: they were parsed for it, and there is one for each token that a process reads. */
function numbered(events: NewMessageEvent[], first: number): MessageEvent[] {
  const numberedEvents = events as (NewMessageEvent & { sequence: number })[];
  for (const event of numberedEvents) event.sequence = first++;
  return numberedEvents;
}
