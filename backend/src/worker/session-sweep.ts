import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ChatRepository } from '../chat/chat-repository.js';
import { GenerationService } from '../chat/generation.service.js';
import { SessionRepository } from '../chat/session-repository.js';
import { AppConfig } from '../config/app-config.js';
import { GenerationQueue } from '../queue/generation-queue.js';

const INTERVAL_MS = 5000;
/** A session that nobody attends to for longer may have lost its job; queuing one that has not changes nothing. */
const LOST_AFTER_SECONDS = 15;

/** Finds what fell through: sessions whose time is over or whose job was lost, and chats deleted long enough ago. */
@Injectable()
export class SessionSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SessionSweep.name);
  private timer?: NodeJS.Timeout;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly generation: GenerationService,
    private readonly sessions: SessionRepository,
    private readonly chats: ChatRepository,
    private readonly queue: GenerationQueue,
    private readonly config: AppConfig,
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
      const { sessionTtlSeconds } = this.config;
      for (const sessionId of await this.sessions.unattended(LOST_AFTER_SECONDS, sessionTtlSeconds)) {
        await this.queue.enqueue(sessionId);
      }
      await this.chats.removeDeleted();
    } catch (error) {
      this.logger.warn(`sweep failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
