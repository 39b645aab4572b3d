import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AttachmentRepository } from '../chat/attachment-repository.js';
import { UNSENT_HOURS } from '../chat/attachment.js';
import { Rounds } from './rounds.js';

const INTERVAL_MS = 600_000;
/** Files in one transaction: they are locked as long as it takes. */
const BATCH = 100;

/** Deletes files that no message has any more, or ever had. */
@Injectable()
export class AttachmentSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = Rounds.inBatches(AttachmentSweep.name, BATCH, (size) =>
    this.attachments.removeUnused(UNSENT_HOURS, size),
  );

  constructor(private readonly attachments: AttachmentRepository) {}

  onApplicationBootstrap(): void {
    void this.rounds.next();
    this.rounds.start(INTERVAL_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  /** One round. Never rejects. */
  sweep(): Promise<void> {
    return this.rounds.next();
  }
}
