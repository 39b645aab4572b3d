import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';

describe('Redis that loses its data, jobs included', () => {
  const cluster = useCluster();

  it('queues again what waited', async () => {
    const ada = await cluster.guest();
    await Promise.all(cluster.workers.map((worker) => worker.kill()));
    const session = await ada.start('Waiting', 'openai/echo');
    await cluster.redis.control.flushall();
    await cluster.restore();
    const reader = cluster.read(ada, session);
    expect(await cluster.violations(reader, ada, session, 'You said: Waiting')).toEqual([]);
  });
});
