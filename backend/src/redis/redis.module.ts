import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from './redis-connections.js';
import { RedisSubscriber } from './redis-subscriber.js';

/**
 * Redis for whoever needs it; nothing connects before it is used. Global, because Nest closes global modules last:
 * workers write until they are closed.
 */
@Global()
@Module({
  providers: [
    {
      provide: RedisConnections,
      useFactory: (config: AppConfig) => new RedisConnections(config.redisUrl),
      inject: [AppConfig],
    },
    {
      provide: RedisSubscriber,
      useFactory: (connections: RedisConnections) => new RedisSubscriber(connections),
      inject: [RedisConnections],
    },
  ],
  exports: [RedisConnections, RedisSubscriber],
})
export class RedisModule {}
