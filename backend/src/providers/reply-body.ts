import type { Readable } from 'node:stream';
import { ByteBudget } from './byte-budget.js';
import { EventStreamDecoder, type ServerSentEvent } from './server-sent-events.js';
import { vendorError } from './vendor-failure.js';
import { bodyOf } from './vendor-fetch.js';

/** How long a vendor may take to end a body in which all has been said, in milliseconds. */
const END_WITHIN_MS = 1_000;

/** Understands the events of one body. */
export interface EventReader {
  read(event: ServerSentEvent): void;
  /** Nothing that is wanted comes any more, whether or not the vendor closes. */
  readonly ended: boolean;
}

/** The body of a vendor's reply, read event by event within what a reply may cost. */
export class ReplyBody {
  readonly #body: Readable;
  readonly #decoder = new EventStreamDecoder();
  readonly #budget: ByteBudget;
  readonly #outcome = Promise.withResolvers<void>();
  #reader?: EventReader;
  #room?: Promise<void>;

  /** Throws PROVIDER_UNAVAILABLE where there is no body. */
  constructor(
    response: Response,
    private readonly of: { readonly provider: string; readonly maxReplyLength: number },
  ) {
    const body = bodyOf(response);
    if (!body) throw vendorError(of.provider, 'unreadable');
    this.#budget = ByteBudget.ofReply(of.maxReplyLength);
    this.#body = body;
  }

  /**
   * Has `reader` read the events, in the turn of the event loop in which they come, until it or the body has ended. Rejects
   * with what it throws, when the body breaks off, and with PROVIDER_REJECTED when that is too large.
   */
  async read(reader: EventReader): Promise<void> {
    this.#reader = reader;
    this.#body
      .on('data', (bytes: Uint8Array) => this.#tell(() => this.#decoded(bytes)))
      .once('end', () => {
        this.#tell(() => this.#decoder.end());
        this.#end();
      })
      .on('error', (error) => this.#fail(error))
      .once('close', () => {
        // Else all has been said, or has failed.
        if (this.#reader) this.#fail(vendorError(this.of.provider, 'unreachable'));
      });
    try {
      await this.#outcome.promise;
    } finally {
      if (reader.ended) this.#finish();
      else this.#body.destroy();
    }
  }

  /** Reads on when `room` resolves, or the one that comes after it: a vendor is read no faster than its reply is written. */
  waitFor(room: Promise<void>): void {
    if (!this.#reader) return;
    this.#room = room;
    this.#body.pause();
    void room.then(() => {
      if (this.#room === room) this.#body.resume();
    });
  }

  #tell(events: () => ServerSentEvent[]): void {
    const reader = this.#reader;
    if (!reader) return;
    try {
      for (const event of events()) {
        reader.read(event);
        if (reader.ended) return this.#end();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #decoded(bytes: Uint8Array): ServerSentEvent[] {
    if (this.#budget.admits(bytes)) return this.#decoder.take(bytes);
    throw vendorError(this.of.provider, 'too-large');
  }

  #end(): void {
    this.#reader = undefined;
    this.#outcome.resolve();
  }

  #fail(error: unknown): void {
    this.#reader = undefined;
    this.#outcome.reject(error);
  }

  /** The vendor has said all: its connection is kept for the next request, if it ends the body soon. */
  #finish(): void {
    if (this.#body.destroyed) return;
    const late = setTimeout(() => this.#body.destroy(), END_WITHIN_MS);
    this.#body.once('close', () => clearTimeout(late)).resume();
  }
}
