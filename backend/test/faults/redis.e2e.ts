import { describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { useCluster } from './use-cluster.js';
import { eventually, within } from './waiting.js';

describe('Redis that goes away and comes back', () => {
  const cluster = useCluster();

  const isServed = async (ada: ApiClient, prompt: string): Promise<void> => {
    const session = await ada.start(prompt, 'openai/echo');
    const reader = cluster.read(ada, session);
    expect(await cluster.violations(reader, ada, session, `You said: ${prompt}`)).toEqual([]);
    expect(cluster.died).toEqual([]);
  };

  it('loses nothing of a reply when it is back at once with its data', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'With data', 'before, ');
    await cluster.redis.kill();
    await cluster.redis.startAgain();
    await call.say('after');
    await reader.shows('before, after');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('With data')).toHaveLength(1);
    await isServed(ada, 'With data, then');
  });

  it('outlives a blip: every connection is cut, and all of them come back', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Cut', 'before, ');
    for (const { redis } of cluster.members) redis.cut();
    await call.say('after');
    await reader.shows('before, after');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(cluster.stage.calls('Cut')).toHaveLength(1);
    await isServed(ada, 'Cut, then');
  });

  it('is not needed to read history, to sign in or to accept a message, which is answered when it is back', async () => {
    const ada = await cluster.guest();
    const old = await ada.start('Old', 'openai/echo');
    await cluster.read(ada, old).end();
    await Promise.all(cluster.members.map(({ redis }) => redis.refuse()));

    const subscription = within('a subscription is to be answered', ada.allEvents(old.id), 10_000);
    const refused = expect(subscription).rejects.toThrow('INTERNAL');
    expect((await ada.history(old.chat.id)).map(({ content }) => content)).toEqual(['Old', 'You said: Old']);
    const grace = await within('a guest is to be let in', cluster.guest(), 10_000);
    const session = await within('a start is to be answered', grace.start('Later', 'openai/echo'), 10_000);
    await refused;
    const health = await fetch(`${cluster.urls()[0]}/health`);
    expect(health.status).toBe(503);
    await Promise.all(cluster.members.map(({ redis }) => redis.resume()));

    const reader = cluster.read(grace, session);
    expect(await cluster.violations(reader, grace, session, 'You said: Later')).toEqual([]);
    await eventually('ready again', async () => (await fetch(`${cluster.urls()[0]}/health`)).ok);
    await isServed(ada, 'Refused, then');
  });
});
