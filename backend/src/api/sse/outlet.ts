import type { Response } from 'express';

/** A response that a stream is written to, and whether its client takes more. */
export class Outlet {
  #drained?: Promise<void>;

  constructor(readonly response: Response) {}

  /** Undefined where there is room; otherwise resolves when there is, or when the response has closed. */
  get room(): Promise<void> | undefined {
    if (!this.response.writableNeedDrain) return undefined;
    // One for all who wait: a stream may carry any number of operations.
    this.#drained ??= this.#nextDrain();
    return this.#drained;
  }

  #nextDrain(): Promise<void> {
    return new Promise((resolve) => {
      const drained = (): void => {
        this.response.off('drain', drained).off('close', drained);
        this.#drained = undefined;
        resolve();
      };
      this.response.on('drain', drained).on('close', drained);
    });
  }
}
