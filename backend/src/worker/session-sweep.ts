import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { GenerationService } from '../chat/generation.service.js';
import { SessionRepository } from '../chat/session-repository.js';
import { GenerationQueue } from '../queue/generation-queue.js';

const INTERVAL_MS = 5000;
/** A session that waits longer may have lost its job; queuing one that has not changes nothing. */
const LOST_AFTER_SECONDS = 10;

/** Finds what fell through: sessions whose time is over, and sessions whose job was lost. */
@Injectable()
export class SessionSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SessionSweep.name);
  private timer?: NodeJS.Timeout;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly generation: GenerationService,
    private readonly sessions: SessionRepository,
    private readonly queue: GenerationQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.sweep());
    }, INTERVAL_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** One round. Never rejects: what failed is tried again in the next. */
  async sweep(): Promise<void> {
    try {
      await this.generation.expireOverdue();
      for (const sessionId of await this.sessions.waitingLongerThan(LOST_AFTER_SECONDS)) {
        await this.queue.enqueue(sessionId);
      }
    } catch (error) {
      this.logger.warn(`sweep failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
