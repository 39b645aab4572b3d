const NUL = /\0/g;

function endsInHighSurrogate(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

/**
 * Makes one channel of a model's output fit to be stored and sent on. A surrogate pair that came in two pieces
 * is put together again, a lone surrogate becomes U+FFFD, and NUL is dropped: PostgreSQL's text cannot hold it.
 */
export class TextMender {
  #held = '';

  /** The part of everything taken so far that is ready to go on; may be empty. */
  take(piece: string): string {
    const text = (this.#held + piece).replace(NUL, '');
    const whole = endsInHighSurrogate(text) ? text.slice(0, -1) : text;
    this.#held = text.slice(whole.length);
    return whole.toWellFormed();
  }

  /** What was held back for a second half that never came. */
  end(): string {
    const rest = this.#held.toWellFormed();
    this.#held = '';
    return rest;
  }
}

/** The longest beginning of `text` that has at most `length` UTF-16 code units and splits no surrogate pair. */
export function cutText(text: string, length: number): string {
  const cut = text.slice(0, Math.max(length, 0));
  return cut.length < text.length && endsInHighSurrogate(cut) ? cut.slice(0, -1) : cut;
}
