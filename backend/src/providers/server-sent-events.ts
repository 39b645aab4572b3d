/** One event of an event stream; `event` is empty where the server named none. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** A carriage return at the very end may be the first half of a line's end. */
const LINE_END = /\r\n|\n|\r(?!$)/;
const ANY_END = /[\r\n]/;

/**
 * Cuts the bytes of an event stream into its events, all of a network read at once: no promise an event.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventStreamDecoder {
  readonly #decoder = new TextDecoder();
  #line = '';
  #endsInReturn = false;
  #event = '';
  #data: string | undefined;

  /** The events that these bytes complete. */
  take(bytes: Uint8Array): ServerSentEvent[] {
    return this.#lines(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What the stream ended with. Unlike a browser this takes an event that no empty line follows, as the SDKs do. */
  end(): ServerSentEvent[] {
    return this.#lines(`${this.#decoder.decode()}\n\n`);
  }

  #lines(text: string): ServerSentEvent[] {
    this.#line += text;
    // A long line is looked through once, and not with each of its pieces.
    if (!this.#endsInReturn && !ANY_END.test(text)) return [];
    const lines = this.#line.split(this.#line.includes('\r') ? LINE_END : '\n');
    this.#line = lines.pop() ?? '';
    this.#endsInReturn = this.#line.endsWith('\r');
    const events: ServerSentEvent[] = [];
    for (const line of lines) {
      if (line !== '') this.#field(line);
      else this.#dispatch(events);
    }
    return events;
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    else if (name === 'event') this.#event = value;
  }

  #dispatch(events: ServerSentEvent[]): void {
    if (this.#data !== undefined) events.push({ event: this.#event, data: this.#data });
    this.#data = undefined;
    this.#event = '';
  }
}
