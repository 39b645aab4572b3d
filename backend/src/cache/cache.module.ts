import { Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisModule } from '../redis/redis.module.js';
import { InMemoryResponseCache } from './in-memory-response-cache.js';
import { RedisResponseCache } from './redis-response-cache.js';
import { ResponseCache } from './response-cache.js';

@Module({
  imports: [RedisModule],
  providers: [
    {
      provide: ResponseCache,
      useFactory: ({ redisUrl, responseCache }: AppConfig, connections: RedisConnections) =>
        redisUrl === undefined
          ? new InMemoryResponseCache(responseCache.ttlSeconds)
          : new RedisResponseCache(connections, responseCache.ttlSeconds),
      inject: [AppConfig, RedisConnections],
    },
  ],
  exports: [ResponseCache],
})
export class CacheModule {}
