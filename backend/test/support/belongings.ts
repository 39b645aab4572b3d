/** What was started for a story, to be ended in one go: a server that is left over keeps the tests from ending. */
export class Belongings {
  readonly #ends: Promise<(() => Promise<unknown>) | undefined>[] = [];

  /** Resolves with what was started; `end` will end it. */
  add<T>(starting: Promise<T>, end: (started: T) => Promise<unknown>): Promise<T> {
    this.#ends.push(
      starting.then(
        (started) => () => end(started),
        // Whoever starts it gets the error; here there is nothing to end.
        () => undefined,
      ),
    );
    return starting;
  }

  /** Waits for what is still starting, and ends all. */
  async end(): Promise<void> {
    await Promise.all(this.#ends.splice(0).map(async (starting) => (await starting)?.()));
  }
}
