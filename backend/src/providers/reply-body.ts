import type { Readable } from 'node:stream';
import { ByteBudget } from './byte-budget.js';
import { EventStreamDecoder, type ServerSentEvent } from './server-sent-events.js';
import { vendorError } from './vendor-failure.js';
import { bodyOf } from './vendor-fetch.js';

/** How long a vendor may take to end a body in which all has been said, in milliseconds. */
const END_WITHIN_MS = 1_000;

/** The body of a vendor's reply, read event by event within what a reply may cost. */
export class ReplyBody {
  readonly #body: Readable;
  readonly #decoder = new EventStreamDecoder();
  readonly #budget: ByteBudget;
  /** What came while nobody waited: of one network read, or of few. */
  #events: ServerSentEvent[] = [];
  #ended = false;
  #failure?: { readonly error: unknown };
  #wake?: () => void;

  /** Throws PROVIDER_UNAVAILABLE where there is no body. */
  constructor(
    response: Response,
    private readonly of: { readonly provider: string; readonly maxReplyLength: number },
  ) {
    const body = bodyOf(response);
    if (!body) throw vendorError(of.provider, 'unreadable');
    this.#budget = ByteBudget.ofReply(of.maxReplyLength);
    this.#body = body
      .on('data', this.#take)
      .once('end', () => this.#settle(this.#decoder.end()))
      .on('error', (error) => this.#fail(error))
      .once('close', () => this.#fail(vendorError(of.provider, 'unreachable')));
  }

  /** Whether the body has ended and all of it was read. */
  get ended(): boolean {
    return this.#ended && this.#events.length === 0;
  }

  /** The next events; there may be none. Throws PROVIDER_REJECTED when it is too large. */
  async read(): Promise<ServerSentEvent[]> {
    if (this.#events.length === 0 && !this.#ended && !this.#failure) {
      this.#body.resume();
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    const events = this.#events;
    if (events.length === 0 && this.#failure) throw this.#failure.error;
    this.#events = [];
    return events;
  }

  /** Hangs up. Nobody waits for it: what fails after the end of a reply ends nothing. */
  leave(): void {
    this.#body.destroy();
  }

  /** The vendor has said all: its connection is kept for the next request, if it ends the body soon. */
  finish(): void {
    if (this.#body.destroyed) return;
    const late = setTimeout(() => this.leave(), END_WITHIN_MS);
    this.#body
      .off('data', this.#take)
      .once('close', () => clearTimeout(late))
      .resume();
  }

  readonly #take = (bytes: Uint8Array): void => {
    if (!this.#budget.admits(bytes)) {
      this.#fail(vendorError(this.of.provider, 'too-large'));
      this.leave();
      return;
    }
    // The vendor is read no faster than the reply is written.
    if (!this.#wake) this.#body.pause();
    this.#tell(this.#decoder.take(bytes));
  };

  #settle(rest: ServerSentEvent[]): void {
    this.#ended = true;
    this.#tell(rest);
  }

  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#failure ??= { error };
    this.#tell([]);
  }

  #tell(events: ServerSentEvent[]): void {
    this.#events = this.#events.length === 0 ? events : [...this.#events, ...events];
    this.#wake?.();
    this.#wake = undefined;
  }
}
