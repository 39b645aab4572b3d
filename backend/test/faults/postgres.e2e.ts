import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';
import { eventually } from './waiting.js';

/** How long it is away when a reply is to be saved. */
const AWAY_MS = 2_000;

describe('PostgreSQL that goes away and comes back', () => {
  const cluster = useCluster();

  it('loses no word of a reply that is being written, and refuses what it cannot do, in words', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Midway', 'before, ');
    await Promise.all(cluster.members.map(({ postgres }) => postgres.refuse()));
    await call.say('meanwhile, ');
    await reader.shows('before, meanwhile, ');
    const start = `mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }`;
    const { errors } = await ada.request(start, { input: { prompt: 'Now?', modelId: 'openai/echo' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL', retryable: true });
    await Promise.all(cluster.members.map(({ postgres }) => postgres.resume()));
    await call.say('after');
    await reader.shows('before, meanwhile, after');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Midway')).toHaveLength(1);
  });

  it('may crash in mid-stream', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Crash', 'before, ');
    await cluster.crashPostgres();
    await call.say('after');
    await reader.shows('before, after');
    await eventually('PostgreSQL is back', () => cluster.query('SELECT 1').catch(() => undefined));
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Crash')).toHaveLength(1);
  });

  it('gets a reply that ended meanwhile when it is back: the worker keeps it', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Save', 'whole');
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.refuse()));
    await call.end();
    await delay(AWAY_MS);
    await Promise.all(cluster.workers.map(({ postgres }) => postgres.resume()));
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Save')).toHaveLength(1);
  });
});
