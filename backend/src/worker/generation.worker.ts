import { WorkerHost } from '@nestjs/bullmq';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';
import { GenerationAborted } from '../chat/generation-aborted.js';
import { GenerationService } from '../chat/generation.service.js';
import { AppConfig } from '../config/app-config.js';
import { Cancellations } from '../queue/cancellations.js';
import { closeWorker } from '../queue/close-worker.js';
import { giveBack } from '../queue/give-back.js';
import { logErrorsOnce } from '../queue/log-errors-once.js';

/** How long a worker that is to end lets its replies finish, in milliseconds; then others start them over. */
const GRACE_MS = 20_000;

interface Running {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Hosts the making of replies: a job a session. `WorkerModule` makes it the processor of its queue. */
@Injectable()
export class GenerationWorker extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly running = new Map<string, Running>();
  private readonly logger = new Logger(GenerationWorker.name);
  private closing = false;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly generation: GenerationService,
    private readonly cancellations: Cancellations,
    private readonly config: AppConfig,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    logErrorsOnce(this.worker, this.logger);
    await this.worker.waitUntilReady();
    this.stopListening = await this.cancellations.listen((sessionId) => this.abort(sessionId, 'stopped'));
  }

  override async process(job: Job, token?: string): Promise<void> {
    if (job.id === undefined) return;
    // A worker that is to end may still be handed a job that it had asked for before.
    if (this.closing) return giveBack(job, token);
    // Given again what still runs here: the lock ended while this process could not renew it. The new one stands for it.
    const { done } = this.running.get(job.id) ?? this.begin(job.id);
    try {
      await done;
    } catch (error) {
      if (error instanceof GenerationAborted && error.why === 'handed-over') return giveBack(job, token);
      throw error;
    }
  }

  /** Takes no new job, lets the running ones finish, hands over the rest. */
  async onModuleDestroy(): Promise<void> {
    this.closing = true;
    await this.worker.pause(true);
    // A process that also serves the readers has none any more, and its user waits at the terminal.
    if (this.config.role === 'worker') await this.finished(AbortSignal.timeout(GRACE_MS));
    for (const sessionId of this.running.keys()) this.abort(sessionId, 'handed-over');
    await closeWorker(this.worker);
    this.stopListening();
  }

  private begin(sessionId: string): Running {
    const abort = new AbortController();
    const generated = this.generation.generate(sessionId, abort.signal);
    const running = { abort, done: generated.finally(() => this.running.delete(sessionId)) };
    this.running.set(sessionId, running);
    return running;
  }

  private abort(sessionId: string, why: GenerationAborted['why']): void {
    this.running.get(sessionId)?.abort.abort(new GenerationAborted(why));
  }

  private async finished(deadline: AbortSignal): Promise<void> {
    const late = new Promise<void>((resolve) => {
      deadline.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([Promise.allSettled([...this.running.values()].map(({ done }) => done)), late]);
  }
}
