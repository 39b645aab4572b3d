import { ownSystem } from './own-system.mjs';
import { rivulet } from './rivulet.mjs';

const limit = { protocol: 'limit', api: 'servers/limit-server.mjs', worker: 'servers/limit-producer.mjs' };

/** Everything that can be measured, by the name that `--only` takes. */
export const SYSTEMS = {
  rivulet,
  limit: ownSystem({ name: 'limit', ...limit }),
  'limit-bullmq': ownSystem({ name: 'limit, BullMQ hop', ...limit, env: { HAND_OVER: 'bullmq' } }),
  'graphql-sse': ownSystem({
    name: 'graphql-sse + graphql-redis-subscriptions',
    protocol: 'graphql-pubsub',
    api: 'servers/graphql-sse-api.mjs',
    worker: 'servers/graphql-sse-worker.mjs',
  }),
  yoga: ownSystem({
    name: 'graphql-yoga + Redis event target',
    protocol: 'graphql-pubsub',
    api: 'servers/yoga-api.mjs',
    worker: 'servers/yoga-worker.mjs',
  }),
  'ai-sdk': ownSystem({
    name: 'AI SDK + resumable-stream',
    protocol: 'ai-sdk',
    api: 'servers/ai-sdk-api.mjs',
  }),
};
