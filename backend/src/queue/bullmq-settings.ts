import {
  type DefaultJobOptions,
  type QueueOptions,
  createPostgresBackend,
  setDefaultBackendFactory,
} from 'bullmq';
import type { AppConfig } from '../config/app-config.js';
import { POOL_OPTIONS } from '../config/pool-options.js';

export const GENERATION_QUEUE = 'generation';

type Connection = QueueOptions['connection'];

/** As `redis/` has it: for ever, quickly at first. */
const retryStrategy = (failures: number) => Math.min(failures * 100, 1_000);

/**
 * Five tries for failures of the infrastructure, over about half a minute; what a provider says is no failure of the
 * job. A job that has ended leaves nothing, so its session can be queued again.
 */
const JOB_OPTIONS: DefaultJobOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: true,
};

/**
 * BullMQ keeps one backend a process. Called while the queue's options are made, which is before the queue and every
 * worker.
 */
export function chooseBackend({ redisUrl }: Pick<AppConfig, 'redisUrl'>): void {
  if (redisUrl === undefined) setDefaultBackendFactory(createPostgresBackend);
  else setDefaultBackendFactory();
}

/** For whoever enqueues: a Redis that is away fails the call within seconds. */
export function queueOptions(config: Pick<AppConfig, 'redisUrl' | 'databaseUrl'>): QueueOptions {
  return {
    // Asking for the version would, failing once, leave the queue without a connection for good.
    skipVersionCheck: true,
    defaultJobOptions: JOB_OPTIONS,
    connection:
      config.redisUrl === undefined
        ? postgresConnection(config.databaseUrl)
        : { ...redisConnection(config.redisUrl), commandTimeout: 5_000, maxRetriesPerRequest: 5 },
  };
}

/** For whoever works: a worker waits for Redis to come back, however long that takes. */
export function workerConnection(config: Pick<AppConfig, 'redisUrl' | 'databaseUrl'>): Connection {
  return config.redisUrl === undefined
    ? postgresConnection(config.databaseUrl)
    : { ...redisConnection(config.redisUrl), maxRetriesPerRequest: null };
}

function redisConnection(url: string) {
  return { url, retryStrategy, connectTimeout: 3_000, disconnectTimeout: 500 };
}

function postgresConnection(connectionString: string | undefined): Connection {
  if (connectionString === undefined)
    throw new Error('the queue needs a database, and none has been started');
  return { ...POOL_OPTIONS, connectionString, migrate: true };
}
