import { Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { RedisModule } from '../redis/redis.module.js';
import { AccountBell } from './account-bell.js';
import { ChatBell } from './chat-bell.js';
import { InMemoryAccountBell } from './in-memory-account-bell.js';
import { RedisAccountBell } from './redis-account-bell.js';

const bell = (channel: string) => ({
  useFactory: ({ redisUrl }: AppConfig, connections: RedisConnections, subscriber: RedisSubscriber) =>
    redisUrl === undefined
      ? new InMemoryAccountBell()
      : new RedisAccountBell(connections, subscriber, channel),
  inject: [AppConfig, RedisConnections, RedisSubscriber],
});

@Module({
  imports: [RedisModule],
  providers: [
    { provide: AccountBell, ...bell('rivulet:{accounts}:changed') },
    { provide: ChatBell, ...bell('rivulet:{chats}:changed') },
  ],
  exports: [AccountBell, ChatBell],
})
export class BellModule {}
