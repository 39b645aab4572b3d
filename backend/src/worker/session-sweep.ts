import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ChatRepository } from '../chat/chat-repository.js';
import { GenerationService } from '../chat/generation.service.js';
import { SessionRepository } from '../chat/session-repository.js';
import { AppConfig } from '../config/app-config.js';
import { GenerationQueue } from '../queue/generation-queue.js';
import { Rounds } from './rounds.js';

const INTERVAL_MS = 5000;
/** A session that nobody attends to for longer may have lost its job; queuing one that has not changes nothing. */
const LOST_AFTER_SECONDS = 15;

/** Finds what fell through: sessions whose time is over or whose job was lost, and chats deleted long enough ago. */
@Injectable()
export class SessionSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(SessionSweep.name, () => this.attend());

  constructor(
    private readonly generation: GenerationService,
    private readonly sessions: SessionRepository,
    private readonly chats: ChatRepository,
    private readonly queue: GenerationQueue,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(INTERVAL_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  private async attend(): Promise<void> {
    await this.generation.expireOverdue();
    const { sessionTtlSeconds } = this.config;
    for (const sessionId of await this.sessions.unattended(LOST_AFTER_SECONDS, sessionTtlSeconds)) {
      await this.queue.enqueue(sessionId);
    }
    await this.chats.removeDeleted();
  }
}
