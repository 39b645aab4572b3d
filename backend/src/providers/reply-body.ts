import { ByteBudget } from './byte-budget.js';
import { EventStreamDecoder, type ServerSentEvent } from './server-sent-events.js';
import { vendorError } from './vendor-failure.js';

/** The body of a vendor's reply, read event by event within what a reply may cost. */
export class ReplyBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new EventStreamDecoder();
  readonly #budget: ByteBudget;
  readonly #provider: string;
  #ended = false;

  /** Throws PROVIDER_UNAVAILABLE where there is no body. */
  constructor({ body }: Response, of: { readonly provider: string; readonly maxReplyLength: number }) {
    this.#provider = of.provider;
    if (!body) throw vendorError(of.provider, 'unreadable');
    this.#budget = ByteBudget.ofReply(of.maxReplyLength);
    this.#reader = body.getReader();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The events of the next network read; there may be none in it. Throws PROVIDER_REJECTED when it is too large. */
  async read(): Promise<ServerSentEvent[]> {
    const { done, value } = await this.#reader.read();
    if (done) {
      this.#ended = true;
      return this.#decoder.end();
    }
    if (!this.#budget.admits(value)) throw vendorError(this.#provider, 'too-large');
    return this.#decoder.take(value);
  }

  /** Hangs up where the vendor has more to say. Nobody waits for it: what fails after the end of a reply ends nothing. */
  leave(): void {
    void this.#reader.cancel().catch(() => undefined);
  }
}
