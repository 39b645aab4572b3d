import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Cluster } from './cluster.js';

describe('Redis that loses its data, jobs included', () => {
  let cluster: Cluster;
  let ada: ApiClient;

  beforeAll(async () => {
    cluster = await Cluster.start();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    ada = await cluster.guest();
  });

  it('queues again what waited', async () => {
    await Promise.all(cluster.workers.map((worker) => worker.kill()));
    const session = await ada.start('Waiting', 'openai/echo');
    await cluster.redis.control.flushall();
    await cluster.restore();
    const reader = cluster.read(ada, session);
    expect(await cluster.violations(reader, ada, session, 'You said: Waiting')).toEqual([]);
  });
});
