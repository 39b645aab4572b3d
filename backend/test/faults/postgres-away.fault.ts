import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, describe, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Cluster } from './cluster.js';

const AWAY_MS = 40_000;

describe('PostgreSQL that stays away', () => {
  let cluster: Cluster;
  let ada: ApiClient;

  beforeAll(async () => {
    cluster = await Cluster.start();
    ada = await cluster.guest();
  });
  afterAll(() => cluster.stop());

  it('gets a reply that ended 40 s ago when it is back', async () => {
    const session = await ada.start('Save late', 'openai/staged');
    const call = await cluster.stage.call('Save late');
    await call.say('whole');
    const reader = cluster.read(ada, session);
    await reader.shows('whole');
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.refuse()));
    await call.end();
    await delay(AWAY_MS);
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.resume()));
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Save late')).toHaveLength(1);
  });
});
