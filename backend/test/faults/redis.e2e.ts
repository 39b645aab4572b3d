import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiClient, Session } from '../support/api-client.js';
import { Cluster } from './cluster.js';
import type { Reader } from './reader.js';
import { eventually, within } from './waiting.js';
import type { Call } from './stage.js';

describe('Redis that goes away and comes back', () => {
  let cluster: Cluster;
  let ada: ApiClient;
  let processes: string;

  beforeAll(async () => {
    cluster = await Cluster.start();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    ada = await cluster.guest();
    processes = JSON.stringify([...cluster.apis, ...cluster.workers].map(({ pid }) => pid));
  });

  const begun = async (prompt: string): Promise<{ session: Session; call: Call; reader: Reader }> => {
    const session = await ada.start(prompt, 'openai/staged');
    const call = await cluster.stage.call(prompt);
    await call.say('before, ');
    const reader = cluster.read(ada, session);
    await reader.shows('before, ');
    return { session, call, reader };
  };

  const isServed = async (prompt: string): Promise<void> => {
    const session = await ada.start(prompt, 'openai/echo');
    expect(await cluster.violations(cluster.read(ada, session), ada, session, `You said: ${prompt}`)).toEqual(
      [],
    );
    expect(JSON.stringify([...cluster.apis, ...cluster.workers].map(({ pid }) => pid))).toBe(processes);
  };

  it('loses nothing of a reply when it is back at once with its data', async () => {
    const { session, call, reader } = await begun('With data');
    await cluster.redis.kill();
    await cluster.redis.startAgain();
    await call.say('after');
    await reader.shows('before, after');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('With data')).toHaveLength(1);
    await isServed('With data, then');
  });

  it('outlives a blip: every connection is cut, and all of them come back', async () => {
    const { session, call, reader } = await begun('Cut');
    for (const { redis } of [...cluster.apis, ...cluster.workers]) redis.cut();
    await call.say('after');
    await reader.shows('before, after');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Cut')).toHaveLength(1);
    await isServed('Cut, then');
  });

  it('is not needed to read history, to sign in or to accept a message, which is answered when it is back', async () => {
    const old = await ada.start('Old', 'openai/echo');
    await cluster.read(ada, old).end();
    const members = [...cluster.apis, ...cluster.workers];
    await Promise.all(members.map(({ redis }) => redis.refuse()));

    expect((await ada.history(old.chat.id)).map(({ content }) => content)).toEqual(['Old', 'You said: Old']);
    const grace = await within('a guest is to be let in', cluster.guest(), 10_000);
    const session = await within('a start is to be answered', grace.start('Later', 'openai/echo'), 10_000);
    const health = await fetch(`${cluster.urls()[0]}/health`);
    expect(health.status).toBe(503);
    await Promise.all(members.map(({ redis }) => redis.resume()));

    const reader = cluster.read(grace, session);
    expect(await cluster.violations(reader, grace, session, 'You said: Later')).toEqual([]);
    await eventually('ready again', async () => (await fetch(`${cluster.urls()[0]}/health`)).ok);
    await isServed('Refused, then');
  });
});
