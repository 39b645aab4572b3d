import { Processor } from '@nestjs/bullmq';
import type { WorkerOptions } from 'bullmq';
import type { AppConfig } from '../config/app-config.js';
import { GENERATION_QUEUE, workerConnection } from './bullmq-settings.js';

type WorkerConfig = Pick<AppConfig, 'redisUrl' | 'databaseUrl' | 'generation'>;

/**
 * A worker that dies is found out by the first check after its lock has ended, or by the second where two workers'
 * checks cross: after 7 s + 2 × 1 s at most. One that lives renews all its locks by one command a second, and keeps
 * them while its event loop is behind by less than five. A job may be taken over ten times before it counts as one
 * that kills its workers.
 */
const TAKEOVER = { lockDuration: 7_000, lockRenewTime: 2_000, stalledInterval: 1_000, maxStalledCount: 10 };

export function generationWorkerOptions(config: WorkerConfig): WorkerOptions {
  return { ...TAKEOVER, connection: workerConnection(config), concurrency: config.generation.concurrency };
}

/**
 * The class decorator that makes a `WorkerHost` the worker of the generation queue. Its options stand in the
 * configuration, so it is applied where the host is made rather than above the class.
 */
export function generationProcessor(config: WorkerConfig): ClassDecorator {
  return Processor(GENERATION_QUEUE, generationWorkerOptions(config));
}
