import { createRedisEventTarget } from '@graphql-yoga/redis-event-target';
import { createPubSub as createYogaPubSub } from 'graphql-yoga';
import { Redis } from 'ioredis';

/** As Yoga's guide has it: its PubSub over a Redis event target. */
export function createPubSub() {
  return createYogaPubSub({
    eventTarget: createRedisEventTarget({
      publishClient: new Redis(process.env.REDIS_URL),
      subscribeClient: new Redis(process.env.REDIS_URL),
    }),
  });
}
