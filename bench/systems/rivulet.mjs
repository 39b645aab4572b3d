import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresPid } from '../measure/processes.mjs';
import { GENEROUS_PLANS, startPostgresServer, startRedisServer, startRivulet } from './support.mjs';

/** The product: one API and one worker process as they are built, Redis, and the embedded PostgreSQL. */
export const rivulet = {
  name: 'Rivulet',
  protocol: 'rivulet',
  async start({ providerUrl, nodeOptions }) {
    const folder = await mkdtemp(join(tmpdir(), 'rivulet-bench-'));
    await writeFile(join(folder, 'models.yaml'), '- { id: local/bench, name: Bench }\n');
    await writeFile(join(folder, 'plans.yaml'), GENEROUS_PLANS);
    const [postgres, redis] = await Promise.all([startPostgresServer(), startRedisServer()]);
    const env = {
      NODE_ENV: 'production',
      DATABASE_URL: await postgres.createDatabase(),
      REDIS_URL: redis.url,
      AUTH_GUESTS: 'true',
      MODELS_FILE: join(folder, 'models.yaml'),
      PLANS_FILE: join(folder, 'plans.yaml'),
      COMPATIBLE_SERVERS: `local=${providerUrl}`,
      // The longest run has more streams, and the slow reader's reply is longer, than the defaults allow.
      WORKER_CONCURRENCY: '2000',
      MAX_REPLY_LENGTH: '16000000',
      ...(nodeOptions && { NODE_OPTIONS: nodeOptions }),
    };
    // One after the other: the first one brings the database up to date.
    const api = await startRivulet({ ...env, ROLE: 'api' });
    const worker = await startRivulet({ ...env, ROLE: 'worker' });
    return {
      url: api.url,
      parts: {
        api: { pid: api.pid },
        worker: { pid: worker.pid },
        redis: { pid: redis.pid },
        postgres: { pid: postgresPid(), tree: true },
      },
      stop: async () => {
        await Promise.all([api.terminate(), worker.terminate()]);
        await Promise.all([postgres.stop(), redis.stop()]);
        await rm(folder, { recursive: true });
      },
    };
  },
};
