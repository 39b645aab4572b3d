import { type DynamicModule, Module } from '@nestjs/common';
import { BellModule } from '../bell/bell.module.js';
import { ChatModule } from '../chat/chat.module.js';
import type { AppConfig } from '../config/app-config.js';
import { generationProcessor } from '../queue/generation-processor.js';
import { QueueModule } from '../queue/queue.module.js';
import { AttachmentSweep } from './attachment-sweep.js';
import { GenerationWorker } from './generation.worker.js';
import { GuestSweep } from './guest-sweep.js';
import { SessionSweep } from './session-sweep.js';

/** Takes sessions from the queue and makes their replies. */
@Module({})
export class WorkerModule {
  static forRoot(config: AppConfig): DynamicModule {
    generationProcessor(config)(GenerationWorker);
    return {
      module: WorkerModule,
      imports: [BellModule, ChatModule, QueueModule],
      providers: [AttachmentSweep, GenerationWorker, GuestSweep, SessionSweep],
    };
  }
}
