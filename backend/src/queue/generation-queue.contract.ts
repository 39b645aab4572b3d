import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getQueueToken, WorkerHost } from '@nestjs/bullmq';
import { Global, type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job, Queue } from 'bullmq';
import { AppConfig } from '../config/app-config.js';
import { GENERATION_QUEUE } from './bullmq-settings.js';
import { Cancellations } from './cancellations.js';
import { closeWorker } from './close-worker.js';
import { generationProcessor, generationWorkerOptions } from './generation-processor.js';
import { GenerationQueue } from './generation-queue.js';
import { giveBack } from './give-back.js';
import { logErrorsOnce } from './log-errors-once.js';
import { QueueModule } from './queue.module.js';

Logger.overrideLogger(false);

type Work = (sessionId: string, signal: AbortSignal, tries: number) => Promise<void>;

/** What a worker's host looks like. */
class TestWorker extends WorkerHost {
  #closing = false;

  constructor(private readonly work: { current: Work }) {
    super();
  }

  /** BullMQ gives a signal to whom it sees declare three parameters, none of them with a default. */
  override async process(job: Job, token?: string, signal?: AbortSignal): Promise<void> {
    if (!signal) throw new Error('no signal');
    if (this.#closing) return giveBack(job, token);
    await this.work.current(job.id ?? '', signal, job.attemptsMade + 1);
    if (signal.aborted) return giveBack(job, token);
  }

  onApplicationBootstrap(): void {
    logErrorsOnce(this.worker, new Logger(TestWorker.name));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#closing = true;
    this.worker.cancelAllJobs('the process ends');
    await closeWorker(this.worker);
  }
}

/** Where the queue under test is kept. */
export type QueueHome = Pick<AppConfig, 'redisUrl' | 'databaseUrl'>;

/** An application with the queue and, where `work` is given, its worker. */
export function openApp(home: QueueHome, work?: { current: Work }): Promise<INestApplicationContext> {
  const config = { ...home, generation: { concurrency: 2 } } as AppConfig;
  const workers = work && {
    provide: TestWorker,
    useFactory: (config: AppConfig) => {
      generationProcessor(config)(TestWorker);
      return new TestWorker(work);
    },
    inject: [AppConfig],
  };

  @Global()
  @Module({ providers: [{ provide: AppConfig, useValue: config }], exports: [AppConfig] })
  class ConfigModule {}

  @Module({ imports: [ConfigModule, QueueModule], providers: workers ? [workers] : [] })
  class TestModule {}

  return NestFactory.createApplicationContext(TestModule, { logger: false });
}

/** What the queue of replies does, on whichever store it stands. */
export function describeGenerationQueue(
  name: string,
  start: () => Promise<{ home: QueueHome; stop(): Promise<void> }>,
): void {
  describe(name, () => {
    let server: Awaited<ReturnType<typeof start>>;
    let app: INestApplicationContext;
    let queue: GenerationQueue;
    let jobs: Queue;
    let sessionId: string;
    const unfinished: (() => void)[] = [];
    const work: { current: Work } = { current: () => Promise.resolve() };

    beforeAll(async () => {
      server = await start();
    }, 60_000);
    afterAll(() => server.stop());
    beforeEach(async () => {
      sessionId = randomUUID();
      app = await openApp(server.home, work);
      queue = app.get(GenerationQueue);
      jobs = app.get<Queue>(getQueueToken(GENERATION_QUEUE));
    });
    afterEach(async () => {
      // A test that failed leaves work behind, for which closing would wait.
      work.current = () => Promise.resolve();
      for (const end of unfinished.splice(0)) end();
      await app.close();
    });

    /** Resolves each time work on the session begins, and lets the test say how it ends. */
    function expectWork() {
      const begun: { signal: AbortSignal; tries: number; end: () => void; fail: (error: Error) => void }[] =
        [];
      let wake = (): void => undefined;
      work.current = (id, signal, tries) =>
        new Promise((end, fail) => {
          if (id !== sessionId) return end();
          begun.push({ signal, tries, end, fail });
          unfinished.push(end);
          wake();
        });
      const begins = async (times: number) => {
        while (begun.length < times) await new Promise<void>((resolve) => (wake = resolve));
        const last = begun[times - 1];
        if (!last) throw new Error('no work');
        return last;
      };
      return { begun, begins };
    }

    /** Waits until nothing is left of the session's job. */
    async function gone(): Promise<void> {
      for (let turns = 0; await jobs.getJob(sessionId); turns++) {
        if (turns > 20_000) throw new Error('the job stays');
        await nextTurn();
      }
    }

    describe('enqueue', () => {
      it('has a worker make the reply', async () => {
        const { begins } = expectWork();
        await queue.enqueue(sessionId);
        const reply = await begins(1);
        expect(reply.signal.aborted).toBe(false);
        reply.end();
        await gone();
      });

      it('changes nothing while the session runs', async () => {
        const { begins, begun } = expectWork();
        await queue.enqueue(sessionId);
        const reply = await begins(1);
        await queue.enqueue(sessionId);
        expect(await jobs.getWaitingCount()).toBe(0);
        reply.end();
        await gone();
        expect(begun).toHaveLength(1);
      });

      it('changes nothing while the session waits', async () => {
        await jobs.pause();
        const { begins, begun } = expectWork();
        await queue.enqueue(sessionId);
        await queue.enqueue(sessionId);
        await jobs.resume();
        (await begins(1)).end();
        await gone();
        expect(begun).toHaveLength(1);
      });

      it('queues a session again that was done', async () => {
        const { begins } = expectWork();
        await queue.enqueue(sessionId);
        (await begins(1)).end();
        await gone();
        await queue.enqueue(sessionId);
        (await begins(2)).end();
        await gone();
      });

      it('tries again what failed', async () => {
        const { begins } = expectWork();
        await queue.enqueue(sessionId);
        (await begins(1)).fail(new Error('the database is away'));
        const second = await begins(2);
        expect(second.tries).toBe(2);
        second.end();
        await gone();
      });

      it('queues a session again that failed for good', async () => {
        const { begins } = expectWork();
        await jobs.add('generate', {}, { jobId: sessionId, attempts: 1 });
        (await begins(1)).fail(new Error('no'));
        await gone();
        await queue.enqueue(sessionId);
        (await begins(2)).end();
        await gone();
      });

      it('makes as many replies at once as is configured', async () => {
        const waiting: (() => void)[] = [];
        const two = new Promise<void>((resolve) => {
          work.current = () =>
            new Promise((end) => {
              waiting.push(end);
              if (waiting.length === 2) resolve();
            });
        });
        await Promise.all([randomUUID(), randomUUID(), randomUUID()].map((id) => queue.enqueue(id)));
        await two;
        expect(await jobs.getActiveCount()).toBe(2);
        work.current = () => Promise.resolve();
        for (const end of waiting) end();
        while ((await jobs.getActiveCount()) + (await jobs.getWaitingCount()) > 0) await nextTurn();
      });
    });

    describe('cancel', () => {
      it('reaches who listens', async () => {
        const heard = new Promise(
          (resolve) =>
            void app
              .get(Cancellations)
              .listen(resolve)
              .then(() => queue.cancel(sessionId)),
        );
        expect(await heard).toBe(sessionId);
      });
    });

    describe('when a worker is closed', () => {
      it('gives its session to another at once', async () => {
        const { begins } = expectWork();
        await queue.enqueue(sessionId);
        const reply = await begins(1);
        reply.signal.addEventListener('abort', reply.end);
        await app.close();
        app = await openApp(server.home, work);
        jobs = app.get<Queue>(getQueueToken(GENERATION_QUEUE));
        const again = await begins(2);
        expect(again.tries).toBe(1);
        again.end();
        await gone();
      });
    });

    describe('when a worker is killed', () => {
      it('gives its session to another in time', async () => {
        const { begins } = expectWork();
        await app.close();
        const killed = await startOtherWorker(server.home);
        app = await openApp(server.home);
        await app.get(GenerationQueue).enqueue(sessionId);
        await once(killed.stdout ?? killed, 'data');
        const exit = once(killed, 'exit');
        killed.kill('SIGKILL');
        await exit;
        await app.close();
        app = await openApp(server.home, work);
        jobs = app.get<Queue>(getQueueToken(GENERATION_QUEUE));
        (await begins(1)).end();
        await gone();
      }, 20_000);
    });
  });
}

/** A worker in a process of its own that never ends a job; it writes a line when it has one. */
async function startOtherWorker(home: QueueHome): Promise<ChildProcess> {
  const options = generationWorkerOptions({ ...home, generation: { concurrency: 1 } } as AppConfig);
  const source = `
    import { Worker, createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
    if (${home.redisUrl === undefined}) setDefaultBackendFactory(createPostgresBackend);
    const worker = new Worker('${GENERATION_QUEUE}', () => { console.log('working'); return new Promise(() => {}); }, ${JSON.stringify(options)});
    await worker.waitUntilReady();
    console.log('ready');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
