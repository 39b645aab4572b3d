import { Logger } from '@nestjs/common';

/** Does something again and again, one round at a time. A round that fails is logged, and tried again in the next. */
export class Rounds {
  private readonly logger: Logger;
  private timer?: NodeJS.Timeout;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  /** @param name what the log calls it. */
  constructor(
    name: string,
    private readonly work: () => Promise<void>,
  ) {
    this.logger = new Logger(name);
  }

  /**
   * Rounds of many small steps: each goes on until a batch is not full, or until it is stopped. `batch` resolves with how
   * many of at most `size` it has done.
   */
  static inBatches(name: string, size: number, batch: (size: number) => Promise<number>): Rounds {
    const rounds = new Rounds(name, async () => {
      while ((await batch(size)) === size && !rounds.stopped);
    });
    return rounds;
  }

  start(intervalMs: number): void {
    this.timer = setInterval(() => void this.next(), intervalMs);
  }

  /** One round, after the one that is under way. Never rejects. */
  next(): Promise<void> {
    this.round = this.round.then(() => this.tried());
    return this.round;
  }

  /** No further batch or round is begun. Resolves when none is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.round;
  }

  private async tried(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.logger.warn(`sweep failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
