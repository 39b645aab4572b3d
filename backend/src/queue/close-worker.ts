import { setImmediate as nextTurn } from 'node:timers/promises';
import { RedisQueueBackend, type Worker } from 'bullmq';

/**
 * Closes a worker: its jobs come to their end first. Where Redis is away nothing can be brought to an end, and BullMQ
 * would wait for a connection that it has ceased to try; then the worker is dropped, and another one takes its jobs
 * over. To be called before Nest closes the workers by itself.
 */
export async function closeWorker(worker: Worker): Promise<void> {
  const backend: unknown = worker.getBackend();
  const force = backend instanceof RedisQueueBackend && !(await isConnected(backend));
  await worker.close(force);
}

async function isConnected({ client, blockingClient }: RedisQueueBackend): Promise<boolean> {
  // What has never been connected has no client yet.
  const clients = await Promise.race([Promise.all([client, blockingClient]), nextTurn()]);
  return clients?.every((each) => each?.status === 'ready') ?? false;
}
