import { Processor } from '@nestjs/bullmq';
import type { WorkerOptions } from 'bullmq';
import type { AppConfig } from '../config/app-config.js';
import { GENERATION_QUEUE, workerConnection } from './bullmq-settings.js';

type WorkerConfig = Pick<AppConfig, 'redisUrl' | 'databaseUrl' | 'generation'>;

/**
 * A worker that dies is found out when its lock has ended and a check has seen it twice: after 5 s + 2 × 1.5 s at
 * most. A job may be taken over ten times before it counts as one that kills its workers.
 */
const TAKEOVER = { lockDuration: 5_000, stalledInterval: 1_500, maxStalledCount: 10 };

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
