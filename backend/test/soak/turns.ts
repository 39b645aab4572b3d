/** Does one thing after the other, whatever became of the ones before. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Begins `work` when all that came before is over. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
