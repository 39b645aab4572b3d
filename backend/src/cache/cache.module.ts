import { Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisModule } from '../redis/redis.module.js';
import { InMemoryResponseCache } from './in-memory-response-cache.js';
import { InMemorySingleFlight } from './in-memory-single-flight.js';
import { RedisResponseCache } from './redis-response-cache.js';
import { RedisSingleFlight } from './redis-single-flight.js';
import { ResponseCache } from './response-cache.js';
import { SingleFlight } from './single-flight.js';

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
    {
      provide: SingleFlight,
      useFactory: ({ redisUrl }: AppConfig, connections: RedisConnections) =>
        redisUrl === undefined ? new InMemorySingleFlight() : new RedisSingleFlight(connections),
      inject: [AppConfig, RedisConnections],
    },
  ],
  exports: [ResponseCache, SingleFlight],
})
export class CacheModule {}
