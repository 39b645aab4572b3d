import { RedisPubSub } from 'graphql-redis-subscriptions';
import { readyRedis } from './ready-redis.mjs';

/** As its README has it: one connection that publishes, one that subscribes. */
export async function createPubSub() {
  return new RedisPubSub({
    publisher: await readyRedis(),
    subscriber: await readyRedis(),
  });
}

export const topicOf = (id) => `TOKENS.${id}`;
