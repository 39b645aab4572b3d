import type { MessageEvent, NewMessageEvent } from './message-event.js';

/** One event as an element of the list holds it. */
export function encodeEvent(event: NewMessageEvent): string {
  return JSON.stringify(event);
}

/** The events of list elements, numbered from `first`. */
export function decodeEvents(elements: readonly string[], first: number): MessageEvent[] {
  return numbered(JSON.parse(`[${elements.join(',')}]`) as NewMessageEvent[], first);
}

/** A channel's message is `first:element,element,…`, as the scripts write it: the list elements from number `first`. */
export function decodeMessage(text: string): MessageEvent[] {
  const colon = text.indexOf(':');
  return decodeEvents([text.slice(colon + 1)], Number(text.slice(0, colon)));
}

function numbered(events: readonly NewMessageEvent[], first: number): MessageEvent[] {
  return events.map((event, index) => ({ ...event, sequence: first + index }));
}
