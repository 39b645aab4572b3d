import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module.js';
import { QueueModule } from '../queue/queue.module.js';
import { Departure } from './departure.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';

@Module({
  imports: [QueueModule, RedisModule],
  controllers: [HealthController, MetricsController],
  providers: [Departure],
})
export class HealthModule {}
