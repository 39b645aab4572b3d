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
export class ByteBudget {
  #total = 0;
  #event = 0;
  #atLineStart = true;

  private constructor(
    private readonly maxEvent: number,
    private readonly maxTotal: number,
  ) {}

  /** For a stream that carries a reply of `maxReplyLength` UTF-16 code units at most. */
  static ofReply(maxReplyLength: number): ByteBudget {
    const maxTotal = EVENT_ALLOWANCE + STREAM_BYTES_PER_CODE_UNIT * maxReplyLength;
    return new ByteBudget(BYTES_PER_CODE_UNIT * maxReplyLength, maxTotal);
  }

  /** For what a vendor says instead of a reply. */
  static ofRefusal(): ByteBudget {
    return new ByteBudget(0, EVENT_ALLOWANCE);
  }

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
