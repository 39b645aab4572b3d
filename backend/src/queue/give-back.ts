import { type Job, WaitingError } from 'bullmq';

/**
 * Puts a job that is being processed back into the queue, for another worker to take at once; it does not count as a
 * failed try. Never returns: the error that it throws tells BullMQ, and is to leave the processor.
 *
 * A worker that closes goes on waiting for jobs for a moment, and may be given this one again: it gives back whatever
 * begins once it closes.
 */
export async function giveBack(job: Job, token: string | undefined): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}
