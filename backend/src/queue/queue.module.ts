import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { RedisModule } from '../redis/redis.module.js';
import { BullmqGenerationQueue } from './bullmq-generation-queue.js';
import { chooseBackend, GENERATION_QUEUE, queueOptions } from './bullmq-settings.js';
import { Cancellations } from './cancellations.js';
import { GenerationQueue } from './generation-queue.js';
import { InMemoryCancellations } from './in-memory-cancellations.js';
import { RedisCancellations } from './redis-cancellations.js';

@Module({
  imports: [
    RedisModule,
    BullModule.registerQueueAsync({
      name: GENERATION_QUEUE,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => {
        chooseBackend(config);
        return queueOptions(config);
      },
    }),
  ],
  providers: [
    {
      provide: Cancellations,
      useFactory: ({ redisUrl }: AppConfig, connections: RedisConnections, subscriber: RedisSubscriber) =>
        redisUrl === undefined
          ? new InMemoryCancellations()
          : new RedisCancellations(connections, subscriber),
      inject: [AppConfig, RedisConnections, RedisSubscriber],
    },
    {
      provide: GenerationQueue,
      useFactory: (queue: Queue, cancellations: Cancellations) =>
        new BullmqGenerationQueue(queue, cancellations),
      inject: [getQueueToken(GENERATION_QUEUE), Cancellations],
    },
  ],
  exports: [GenerationQueue, Cancellations],
})
export class QueueModule {}
