import type { MessageEvent, NewMessageEvent } from './message-event.js';

/** Events that follow each other. Of a run that was too long to be published there is only the number after it. */
export interface EventRun {
  /** The number of the first event. */
  readonly first: number;
  readonly events: readonly MessageEvent[];
}

/** An event as the list and the messages hold it in JSON: nearly all are tokens, and a token is its text alone. */
type Element = string | NewMessageEvent;

/** One event as an element of the list holds it. */
export function encodeEvent(event: NewMessageEvent): string {
  return JSON.stringify(event.type === 'token' ? event.content : event);
}

/** The events of list elements, numbered from `first`. */
export function decodeEvents(elements: readonly string[], first: number): MessageEvent[] {
  return numbered(JSON.parse(`[${elements.join(',')}]`) as Element[], first);
}

/** What a process was told, session by session, as the scripts write it. */
export function decodeMessage(text: string): (EventRun & { readonly sessionId: string })[] {
  const [sessionIds, firsts, runs] = JSON.parse(text) as [string[], number[], (Element | Element[])[]];
  return sessionIds.map((sessionId, index) => {
    const [first, run] = [firsts[index] ?? 0, runs[index] ?? []];
    return { sessionId, first, events: numbered(Array.isArray(run) ? run : [run], first) };
  });
}

/** Whatever is no token is numbered in place: it was parsed for it. */
function numbered(elements: readonly Element[], first: number): MessageEvent[] {
  return elements.map((element, index) =>
    typeof element === 'string'
      ? { type: 'token', content: element, sequence: first + index }
      : Object.assign(element, { sequence: first + index }),
  );
}
