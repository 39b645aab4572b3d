import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis } from 'ioredis';

/** As its README has it: one connection that publishes, one that subscribes. */
export function createPubSub() {
  return new RedisPubSub({
    publisher: new Redis(process.env.REDIS_URL),
    subscriber: new Redis(process.env.REDIS_URL),
  });
}

export const topicOf = (id) => `TOKENS.${id}`;
