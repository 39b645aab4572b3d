import { createRedisEventTarget } from '@graphql-yoga/redis-event-target';
import { createPubSub as createYogaPubSub } from 'graphql-yoga';
import { readyRedis } from './ready-redis.mjs';

/** As Yoga's guide has it: its PubSub over a Redis event target. */
export async function createPubSub() {
  return createYogaPubSub({
    eventTarget: createRedisEventTarget({
      publishClient: await readyRedis(),
      subscribeClient: await readyRedis(),
    }),
  });
}
