import { once } from 'node:events';
import { Redis } from 'ioredis';

/** A connection that is ready: what is asked of one that is not yet may fail, and no server takes requests then. */
export async function readyRedis() {
  const redis = new Redis(process.env.REDIS_URL);
  await once(redis, 'ready');
  return redis;
}
