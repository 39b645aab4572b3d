import type { Logger } from '@nestjs/common';
import type { Queue, Worker } from 'bullmq';

/**
 * Logs what a queue or worker reports, which BullMQ would print otherwise; an outage that is reported at every try
 * gives one line. Returns what is to be called when things work again; of a worker that is seen by its next job.
 */
export function logErrorsOnce(source: Queue | Worker, logger: Logger): () => void {
  let last: string | undefined;
  const report = (error: Error) => {
    const message = error.message || error.name;
    if (message !== last) logger.error(`the ${source.name} queue: ${message}`);
    last = message;
  };
  const works = () => {
    last = undefined;
  };
  // `on` is typed apart in the two classes.
  if ('add' in source) source.on('error', report);
  else source.on('error', report).on('active', works);
  return works;
}
