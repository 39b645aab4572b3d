/** The readers of the benchmark, in a process of their own. Takes jobs by IPC, one at a time. */
import * as jobs from './jobs.mjs';

process.on('message', async ({ number, job }) => {
  try {
    process.send({ number, result: await jobs[job.type](job) });
  } catch (error) {
    process.send({ number, error: error.stack });
  }
});
process.on('disconnect', () => process.exit());
process.send({ port: 0 });
