import { Queue, Worker } from 'bullmq';

const NAME = 'replies';
const AT_ONCE = 2000;
const connection = { url: process.env.REDIS_URL, maxRetriesPerRequest: null };

/** For an API: hands a reply over to a worker. */
export function replyQueue() {
  const queue = new Queue(NAME, { connection });
  return (job) => queue.add('reply', job, { removeOnComplete: true });
}

/** For a worker: calls `write` with each reply that was handed over. */
export async function replyWorker(write) {
  const worker = new Worker(NAME, (job) => write(job.data), { connection, concurrency: AT_ONCE });
  await worker.waitUntilReady();
}
