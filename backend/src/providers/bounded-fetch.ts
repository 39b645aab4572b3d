import { vendorError } from './vendor-failure.js';

/** What one event may cost whatever came before it: generous for a token, harmless a thousand times over. */
const EVENT_ALLOWANCE = 1024 * 1024;
/** JSON writes a UTF-16 code unit in at most six bytes (`\uXXXX`). */
const BYTES_PER_CODE_UNIT = 6;
/** A token of one character comes in an event of some hundred bytes. */
const STREAM_BYTES_PER_CODE_UNIT = 512;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Counts the decoded bytes of one response and says when they are too many: as a whole, or in one event, which
 * a reader must hold in memory (an endless line, a giant token, a decompression bomb). The last event of a
 * reply may repeat the whole of it, so an event may be as large as all that came before it.
 */
class ByteBudget {
  #total = 0;
  #event = 0;
  #atLineStart = true;

  constructor(
    private readonly maxEvent: number,
    private readonly maxTotal: number,
  ) {}

  /** Whether the response is still within its bounds with this chunk. */
  admits(chunk: Uint8Array): boolean {
    this.#total += chunk.length;
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      if (this.#isBlank(chunk, from, end)) this.#event = 0;
      else this.#event += end + 1 - from;
      if (this.#overflows()) return false;
      this.#atLineStart = true;
      from = end + 1;
    }
    this.#event += chunk.length - from;
    // A carriage return may be the first half of an empty line.
    if (from < chunk.length && !this.#isBlank(chunk, from, chunk.length)) this.#atLineStart = false;
    return !this.#overflows();
  }

  #isBlank(chunk: Uint8Array, from: number, end: number): boolean {
    return this.#atLineStart && (end === from || (end === from + 1 && chunk[from] === CARRIAGE_RETURN));
  }

  #overflows(): boolean {
    const before = this.#total - this.#event;
    return this.#total > this.maxTotal || this.#event > EVENT_ALLOWANCE + Math.min(before, this.maxEvent);
  }
}

/** Passes a body on, and breaks off, connection included, when it outgrows its budget. */
function boundedBody(body: ReadableStream<Uint8Array>, budget: ByteBudget, provider: string) {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (budget.admits(value)) return controller.enqueue(value);
        const error = vendorError(provider, 'too-large');
        controller.error(error);
        await reader.cancel(error);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * `fetch` for a vendor's SDK, bound to what a reply of `maxReplyLength` UTF-16 code units can need. It asks for
 * an uncompressed body and follows no redirect: a redirect could carry the key to somebody else.
 * A body that is too large fails with PROVIDER_REJECTED while it is read.
 */
export function boundedFetch(provider: string, maxReplyLength: number): typeof fetch {
  const maxEvent = BYTES_PER_CODE_UNIT * maxReplyLength;
  const maxTotal = EVENT_ALLOWANCE + STREAM_BYTES_PER_CODE_UNIT * maxReplyLength;
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('accept-encoding', 'identity');
    const response = await fetch(input, { ...init, headers, redirect: 'manual' });
    if (!response.body) return response;
    const budget = new ByteBudget(maxEvent, response.ok ? maxTotal : EVENT_ALLOWANCE);
    return new Response(boundedBody(response.body, budget, provider), response);
  };
}
