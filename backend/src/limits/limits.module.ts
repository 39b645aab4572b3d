import { Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisModule } from '../redis/redis.module.js';
import { InMemoryRateLimiter } from './in-memory-rate-limiter.js';
import { LeasingRateLimiter } from './leasing-rate-limiter.js';
import { RateLimiter } from './rate-limiter.js';
import { rateLimits } from './rate-limits.js';
import { RedisRateLimiter } from './redis-rate-limiter.js';
import { RememberingRateLimiter } from './remembering-rate-limiter.js';

@Module({
  imports: [RedisModule],
  providers: [
    {
      provide: RateLimiter,
      useFactory: (config: AppConfig, connections: RedisConnections) => {
        const limits = rateLimits(config);
        return new RememberingRateLimiter(
          config.redisUrl === undefined
            ? new InMemoryRateLimiter(limits)
            : new LeasingRateLimiter(new RedisRateLimiter(connections, limits), limits),
        );
      },
      inject: [AppConfig, RedisConnections],
    },
  ],
  exports: [RateLimiter],
})
export class LimitsModule {}
