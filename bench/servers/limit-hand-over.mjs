import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis-6';

const KEY = 'starts';
const AT_ONCE = 2000;

/** How a start gets from the server to the producer: by a Redis list, or (`HAND_OVER=bullmq`) by a BullMQ job. */
const BULLMQ = process.env.HAND_OVER === 'bullmq';
const connection = { url: process.env.REDIS_URL, maxRetriesPerRequest: null };

/** Returns the function that hands a start over. */
export function giver(redis) {
  if (!BULLMQ) return (start) => redis.lpush(KEY, JSON.stringify(start));
  const queue = new Queue(KEY, { connection });
  return (start) => queue.add('start', start, { removeOnComplete: true });
}

/** Calls `take` with each start. */
export async function taker(take) {
  if (BULLMQ) {
    const worker = new Worker(KEY, (job) => take(job.data), { connection, concurrency: AT_ONCE });
    await worker.waitUntilReady();
    return;
  }
  const redis = new Redis(process.env.REDIS_URL);
  void (async () => {
    for (;;) {
      const [, start] = await redis.brpop(KEY, 0);
      void take(JSON.parse(start));
    }
  })();
}
