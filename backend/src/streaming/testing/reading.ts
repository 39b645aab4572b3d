import type { MessageEvent, NewMessageEvent } from '../message-event.js';

type Events = AsyncIterator<MessageEvent>;

/** The next `count` events; fewer where the reading ends before. */
export async function take(events: Events, count: number): Promise<MessageEvent[]> {
  const taken: MessageEvent[] = [];
  while (taken.length < count) {
    const result = await events.next();
    if (result.done) break;
    taken.push(result.value);
  }
  return taken;
}

/** All events up to the end. */
export function drain(events: Events): Promise<MessageEvent[]> {
  return take(events, Infinity);
}

/** The reply's text as a page has it after these events. */
export function textOf(events: readonly NewMessageEvent[]): string {
  return events.reduce((text, event) => {
    if (event.type === 'restart') return '';
    return event.type === 'token' ? text + event.content : text;
  }, '');
}

export function token(content: string): NewMessageEvent {
  return { type: 'token', content };
}

export const restart: NewMessageEvent = { type: 'restart', attempt: 2, reason: 'INTERNAL' };
export const done: NewMessageEvent = { type: 'done', messageId: 'message', status: 'COMPLETE' };
