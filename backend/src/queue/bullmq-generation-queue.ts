import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { Cancellations } from './cancellations.js';
import { GenerationQueue } from './generation-queue.js';
import { logErrorsOnce } from './log-errors-once.js';

/** The queue of replies in BullMQ: a job's id is its session's, so a session has at most one. */
export class BullmqGenerationQueue extends GenerationQueue implements OnApplicationBootstrap {
  readonly #logger = new Logger(BullmqGenerationQueue.name);
  readonly #works: () => void;

  /** @param readyTimeoutMs how long to wait for a connection that has never been made yet, in milliseconds. */
  constructor(
    private readonly queue: Queue,
    private readonly cancellations: Cancellations,
    private readonly readyTimeoutMs = 3_000,
  ) {
    super();
    this.#works = logErrorsOnce(queue, this.#logger);
  }

  /** A start that finds the queue away goes on: enqueuing fails until it is back, and what failed is queued then. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.#ready();
    } catch (error) {
      this.#logger.error(error instanceof Error ? error.message : String(error));
    }
  }

  override async enqueue(sessionId: string): Promise<void> {
    await this.#ready();
    await this.queue.add('generate', {}, { jobId: sessionId });
    this.#works();
  }

  override async depth(): Promise<number> {
    await this.#ready();
    const { waiting = 0, delayed = 0 } = await this.queue.getJobCounts('waiting', 'delayed');
    return waiting + delayed;
  }

  override cancel(sessionId: string): Promise<void> {
    return this.cancellations.publish(sessionId);
  }

  /** BullMQ waits without end for its first connection; nobody who enqueues wants that. */
  async #ready(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the queue cannot be reached')), this.readyTimeoutMs);
    });
    try {
      await Promise.race([this.queue.waitUntilReady(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
