import { Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { RedisModule } from '../redis/redis.module.js';
import { AccountBell } from './account-bell.js';
import { InMemoryAccountBell } from './in-memory-account-bell.js';
import { RedisAccountBell } from './redis-account-bell.js';

@Module({
  imports: [RedisModule],
  providers: [
    {
      provide: AccountBell,
      useFactory: ({ redisUrl }: AppConfig, connections: RedisConnections, subscriber: RedisSubscriber) =>
        redisUrl === undefined ? new InMemoryAccountBell() : new RedisAccountBell(connections, subscriber),
      inject: [AppConfig, RedisConnections, RedisSubscriber],
    },
  ],
  exports: [AccountBell],
})
export class BellModule {}
