import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Cluster } from './cluster.js';
import { eventually } from './waiting.js';

/** How long it is away when a reply is to be saved. */
const AWAY_MS = 2_000;

describe('PostgreSQL that goes away and comes back', () => {
  let cluster: Cluster;
  let ada: ApiClient;

  beforeAll(async () => {
    cluster = await Cluster.start();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    ada = await cluster.guest();
  });

  it('loses no word of a reply that is being written, and refuses what it cannot do, in words', async () => {
    const session = await ada.start('Midway', 'openai/staged');
    const call = await cluster.stage.call('Midway');
    await call.say('before, ');
    const reader = cluster.read(ada, session);
    await reader.shows('before, ');
    const members = [...cluster.apis, ...cluster.workers];
    await Promise.all(members.map(({ postgres }) => postgres.refuse()));
    await call.say('meanwhile, ');
    await reader.shows('before, meanwhile, ');
    const start = `mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }`;
    const { errors } = await ada.request(start, { input: { prompt: 'Now?', modelId: 'openai/echo' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL', retryable: true });
    await Promise.all(members.map(({ postgres }) => postgres.resume()));
    await call.say('after');
    await reader.shows('before, meanwhile, after');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Midway')).toHaveLength(1);
  });

  it('may crash in mid-stream', async () => {
    const session = await ada.start('Crash', 'openai/staged');
    const call = await cluster.stage.call('Crash');
    await call.say('before, ');
    const reader = cluster.read(ada, session);
    await reader.shows('before, ');
    await cluster.crashPostgres();
    await call.say('after');
    await reader.shows('before, after');
    await eventually('PostgreSQL is back', () => cluster.query('SELECT 1').catch(() => undefined));
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Crash')).toHaveLength(1);
  });

  it('gets a reply that ended meanwhile when it is back: the worker keeps it', async () => {
    const session = await ada.start('Save', 'openai/staged');
    const call = await cluster.stage.call('Save');
    await call.say('whole');
    const reader = cluster.read(ada, session);
    await reader.shows('whole');
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.refuse()));
    await call.end();
    await delay(AWAY_MS);
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.resume()));
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Save')).toHaveLength(1);
  });
});
