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

/** Elements that are longer than this are not published: their readers read them from the list. */
const PUBLISHED_LENGTH = 64 * 1024;

interface Message {
  readonly sessionIds: string[];
  readonly firsts: number[];
  readonly runs: string[];
}

/** What is to be told to several processes, one message to each. */
export class Messages {
  readonly #messages = new Map<string, Message>();

  /** @param elements what `encodeEvent` made of the events from number `first` on. */
  add(processId: string, sessionId: string, first: number, elements: readonly string[]): void {
    const run = elements.length === 1 ? (elements[0] ?? '') : `[${elements.join(',')}]`;
    if (run.length > PUBLISHED_LENGTH) return this.addGap(processId, sessionId, first + elements.length);
    this.#add(processId, sessionId, first, run);
  }

  /** That there is something before number `next` which is in the list alone. */
  addGap(processId: string, sessionId: string, next: number): void {
    this.#add(processId, sessionId, next, '[]');
  }

  /** The processes and their messages, which `decodeMessage` reads. */
  *texts(): Generator<readonly [processId: string, text: string]> {
    for (const [processId, { sessionIds, firsts, runs }] of this.#messages) {
      yield [processId, `[["${sessionIds.join('","')}"],[${firsts.join(',')}],[${runs.join(',')}]]`];
    }
  }

  #add(processId: string, sessionId: string, first: number, run: string): void {
    let message = this.#messages.get(processId);
    if (!message) this.#messages.set(processId, (message = { sessionIds: [], firsts: [], runs: [] }));
    message.sessionIds.push(sessionId);
    message.firsts.push(first);
    message.runs.push(run);
  }
}

/** What a process was told, session by session, as `Messages` has it. */
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
