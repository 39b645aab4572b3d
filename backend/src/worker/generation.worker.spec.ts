import { randomUUID } from 'node:crypto';
import { getQueueToken, Processor } from '@nestjs/bullmq';
import { Global, type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { startPostgresServer } from '../../test/support/postgres-server.js';
import { startRedisServer } from '../../test/support/redis-server.js';
import { GenerationService } from '../chat/generation.service.js';
import { AppConfig } from '../config/app-config.js';
import { GENERATION_QUEUE } from '../queue/bullmq-settings.js';
import { Cancellations } from '../queue/cancellations.js';
import { generationWorkerOptions } from '../queue/generation-processor.js';
import { GenerationQueue } from '../queue/generation-queue.js';
import { QueueModule } from '../queue/queue.module.js';
import { GenerationWorker } from './generation.worker.js';

Logger.overrideLogger(false);

/** Replies that end when the test says so. */
class HeldGeneration implements Pick<GenerationService, 'generate'> {
  readonly begun: { sessionId: string; signal: AbortSignal; end: () => void }[] = [];
  #wake = (): void => undefined;

  generate(sessionId: string, signal: AbortSignal): Promise<void> {
    return new Promise((end, fail) => {
      this.begun.push({ sessionId, signal, end });
      signal.addEventListener('abort', () => fail(signal.reason as Error));
      this.#wake();
    });
  }

  async begins(): Promise<string | undefined> {
    while (this.begun.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.begun[0]?.sessionId;
  }
}

/** Times in milliseconds: who is to be late need not be late for seconds. The test does the checks. */
const SHORT_LOCK = { lockDuration: 700, lockRenewTime: 200, stalledInterval: 100, skipStalledCheck: true };

type Home = Pick<AppConfig, 'redisUrl' | 'databaseUrl'>;

function openApp(home: Home, generation: HeldGeneration): Promise<INestApplicationContext> {
  const config = { ...home, role: 'all', generation: { concurrency: 2 } } as AppConfig;

  @Global()
  @Module({ providers: [{ provide: AppConfig, useValue: config }], exports: [AppConfig] })
  class ConfigModule {}

  @Module({
    imports: [ConfigModule, QueueModule],
    providers: [
      { provide: GenerationService, useValue: generation },
      {
        provide: GenerationWorker,
        useFactory: (service: GenerationService, cancellations: Cancellations) => {
          Processor(GENERATION_QUEUE, { ...generationWorkerOptions(config), ...SHORT_LOCK })(
            GenerationWorker,
          );
          return new GenerationWorker(service, cancellations, config);
        },
        inject: [GenerationService, Cancellations],
      },
    ],
  })
  class TestModule {}

  return NestFactory.createApplicationContext(TestModule, { logger: false });
}

/** Nothing else runs in this process meanwhile: no timer, no renewal of a lock. */
function blockEventLoop(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function describeGenerationWorker(name: string, start: () => Promise<{ home: Home; stop(): Promise<void> }>) {
  describe(`${GenerationWorker.name} on ${name}`, () => {
    let server: Awaited<ReturnType<typeof start>>;
    let app: INestApplicationContext;
    let generation: HeldGeneration;
    let sessionId: string;

    beforeAll(async () => {
      server = await start();
    }, 60_000);
    afterAll(() => server.stop());
    beforeEach(async () => {
      sessionId = randomUUID();
      generation = new HeldGeneration();
      app = await openApp(server.home, generation);
    });
    afterEach(async () => {
      for (const { end } of generation.begun) end();
      await app.close();
    });

    /** Resolves when the worker is given the session's job for the n-th time. */
    function given(times: number): Promise<void> {
      const { worker } = app.get(GenerationWorker);
      return new Promise((resolve) => {
        worker.on('active', ({ id }) => {
          if (id === sessionId && --times === 0) setImmediate(resolve);
        });
      });
    }

    function removed(): Promise<void> {
      const { worker } = app.get(GenerationWorker);
      return new Promise((resolve) => {
        worker.on('completed', ({ id }) => id === sessionId && resolve());
      });
    }

    /** The reply is being made, and BullMQ gives it out again as one whose worker had died. */
    async function runAndLoseLock(): Promise<void> {
      const { worker } = app.get(GenerationWorker);
      const twice = given(2);
      await app.get(GenerationQueue).enqueue(sessionId);
      await generation.begins();
      // A first check only marks the job. Each comes before this process renews the lock, as another's would.
      do blockEventLoop(SHORT_LOCK.lockDuration);
      while (!(await worker.getBackend().moveStalledJobsToWait()).includes(sessionId));
      await twice;
    }

    describe('process', () => {
      it('goes on with a reply that it is given again after its event loop was blocked', async () => {
        const done = removed();
        await runAndLoseLock();
        expect(generation.begun.map(({ sessionId }) => sessionId)).toEqual([sessionId]);
        expect(generation.begun[0]?.signal.aborted).toBe(false);

        generation.begun[0]?.end();
        await done;
        expect(await app.get<Queue>(getQueueToken(GENERATION_QUEUE)).getJob(sessionId)).toBeUndefined();
        expect(generation.begun).toHaveLength(1);
      }, 20_000);

      it('gives such a reply back when it closes', async () => {
        await runAndLoseLock();
        await app.close();
        generation = new HeldGeneration();
        app = await openApp(server.home, generation);
        expect(await generation.begins()).toBe(sessionId);
      }, 20_000);
    });
  });
}

describeGenerationWorker('Redis', async () => {
  const server = await startRedisServer();
  return { home: { redisUrl: server.url }, stop: () => server.stop() };
});

describeGenerationWorker('PostgreSQL', async () => {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return { home: { databaseUrl: given }, stop: () => Promise.resolve() };
  const server = await startPostgresServer();
  return { home: { databaseUrl: await server.createDatabase() }, stop: () => server.stop() };
});
