const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

interface Waiting {
  readonly frame: string;
  readonly taken: () => void;
}

/** The frames of all operations on a connection that they share. An operation goes on when its frame has been taken. */
export class SharedFrames implements AsyncIterator<string, undefined, undefined> {
  readonly #waiting: Waiting[] = [];
  #wake?: () => void;
  #ended = false;

  /** Settles when the frame is taken, or when nobody will take any more. */
  put(frame: string): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((taken) => {
      this.#waiting.push({ frame, taken });
      this.#wake?.();
    });
  }

  async next(): Promise<IteratorResult<string, undefined>> {
    while (!this.#ended) {
      const waiting = this.#waiting.shift();
      if (waiting) {
        waiting.taken();
        return { done: false, value: waiting.frame };
      }
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    return END;
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#ended = true;
    for (const { taken } of this.#waiting.splice(0)) taken();
    this.#wake?.();
    return Promise.resolve(END);
  }
}
