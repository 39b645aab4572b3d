import { setTimeout as delay } from 'node:timers/promises';
import { expect, describe, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';

const AWAY_MS = 40_000;

describe('PostgreSQL that stays away', () => {
  const cluster = useCluster();

  it('gets a reply that ended 40 s ago when it is back', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Save late', 'whole');
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.refuse()));
    await call.end();
    await delay(AWAY_MS);
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.resume()));
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Save late')).toHaveLength(1);
  });
});
