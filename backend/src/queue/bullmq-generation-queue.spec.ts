import { Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgresServer } from '../../test/support/postgres-server.js';
import { startRedisServer } from '../../test/support/redis-server.js';
import { BullmqGenerationQueue } from './bullmq-generation-queue.js';
import { describeGenerationQueue, openApp } from './generation-queue.contract.js';
import { GenerationQueue } from './generation-queue.js';

Logger.overrideLogger(false);

describeGenerationQueue(`${BullmqGenerationQueue.name} on Redis`, async () => {
  const server = await startRedisServer();
  return { home: { redisUrl: server.url }, stop: () => server.stop() };
});

describeGenerationQueue(`${BullmqGenerationQueue.name} on PostgreSQL`, async () => {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return { home: { databaseUrl: given }, stop: () => Promise.resolve() };
  const server = await startPostgresServer();
  return { home: { databaseUrl: await server.createDatabase() }, stop: () => server.stop() };
});

describe(`${BullmqGenerationQueue.name} when Redis is away`, () => {
  let port: number;
  beforeAll(async () => {
    const server = await startRedisServer();
    port = server.port;
    await server.stop();
  });

  it('starts, refuses to enqueue, closes, and works once Redis is there', async () => {
    const app = await openApp(
      { redisUrl: `redis://127.0.0.1:${port}` },
      { current: () => Promise.resolve() },
    );
    const queue = app.get(GenerationQueue);
    await expect(queue.enqueue('session')).rejects.toThrow('the queue cannot be reached');
    const server = await startRedisServer({ port });
    await queue.enqueue('session');
    await server.stop();
    await expect(queue.enqueue('session')).rejects.toThrow();
    await app.close();
  }, 20_000);
});
