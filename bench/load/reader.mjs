import { now } from './clock.mjs';
import { claimedIndex, tokenText } from './token-text.mjs';

/**
 * One reader of one reply: checks every token, and notes when it came. A protocol feeds it through `take`, `finish`
 * and `fail`, and keeps what it must know to come back (a cursor, an id) in `memory`.
 */
export class Reader {
  receivedAt;
  startedAt = 0;
  endedAt = 0;
  lost = 0;
  repeated = 0;
  garbled = 0;
  restarts = 0;
  failure;
  memory = {};
  /** The request whose response is being read; cutting destroys it. */
  request;
  #next = 0;
  #rest = '';
  #settle;
  #waiting = [];

  constructor(load) {
    this.load = load;
    this.receivedAt = new Array(load.tokens);
    this.ended = new Promise((resolve) => (this.#settle = resolve));
  }

  get received() {
    return this.#next;
  }

  take(text) {
    const at = now();
    const { stream, length, tokens } = this.load;
    this.#rest += text;
    while (this.#rest.length >= length) {
      const token = this.#rest.slice(0, length);
      this.#rest = this.#rest.slice(length);
      const index = claimedIndex(token);
      if (token !== tokenText(stream, index, length) || index >= tokens) this.garbled++;
      else if (index < this.#next) this.repeated++;
      else {
        this.lost += index - this.#next;
        this.receivedAt[index] = at;
        this.#next = index + 1;
      }
    }
    if (this.#waiting.length > 0) this.#wake();
  }

  /** Resolves when token number `count` has come, or when the reading has ended. */
  until(count) {
    if (this.#next >= count || this.endedAt) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  /** The reply starts over: the page drops what it had, and what comes again is no repetition. */
  restart() {
    this.restarts++;
    this.#next = 0;
    this.#rest = '';
  }

  /** A resumed stream that is told from its beginning again; what is repeated is counted all the same. */
  forgetRest() {
    this.#rest = '';
  }

  finish() {
    if (this.endedAt) return;
    this.endedAt = now();
    this.lost += this.load.tokens - this.#next;
    if (this.#rest !== '') this.garbled++;
    this.#wake();
    this.#settle();
  }

  fail(reason) {
    if (this.endedAt) return;
    this.failure = String(reason);
    this.finish();
  }

  #wake() {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ count }) => this.#next < count && !this.endedAt);
    for (const { count, resolve } of waiting) if (this.#next >= count || this.endedAt) resolve();
  }
}
