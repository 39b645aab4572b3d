import { Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { RedisModule } from '../redis/redis.module.js';
import { InMemoryTokenStream } from './in-memory-token-stream.js';
import { RedisTokenStream } from './redis-token-stream.js';
import { TokenStream } from './token-stream.js';

/** A log outlives its session's expiry by so many seconds, so that a session that may be read can be read. */
const TTL_MARGIN_SECONDS = 60;

@Module({
  imports: [RedisModule],
  providers: [
    {
      provide: TokenStream,
      useFactory: (
        { redisUrl, sessionTtlSeconds }: AppConfig,
        connections: RedisConnections,
        subscriber: RedisSubscriber,
      ) => {
        const ttlSeconds = sessionTtlSeconds + TTL_MARGIN_SECONDS;
        return redisUrl === undefined
          ? new InMemoryTokenStream(ttlSeconds)
          : new RedisTokenStream(connections, subscriber, ttlSeconds);
      },
      inject: [AppConfig, RedisConnections, RedisSubscriber],
    },
  ],
  exports: [TokenStream],
})
export class StreamingModule {}
