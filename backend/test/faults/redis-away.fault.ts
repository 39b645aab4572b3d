import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Cluster, type Member } from './cluster.js';

const AWAY_MS = 20_000;

describe('Redis that stays away', () => {
  let cluster: Cluster;
  let ada: ApiClient;

  beforeAll(async () => {
    cluster = await Cluster.start();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    ada = await cluster.guest();
  });

  it.each<[string, (member: Member) => Promise<void>]>([
    ['refuses', ({ redis }) => redis.refuse()],
    ['is silent', ({ redis }) => Promise.resolve(redis.stall())],
  ])('ends every reply once when it %s for 20 s in mid-stream', async (how, away) => {
    const prompt = `Away: ${how}`;
    const session = await ada.start(prompt, 'openai/staged');
    const first = await cluster.stage.call(prompt);
    await first.say('before, ');
    const reader = cluster.read(ada, session);
    await reader.shows('before, ');
    const members = [...cluster.apis, ...cluster.workers];
    await Promise.all(members.map(away));
    await first.say('lost');
    const later = await ada.start(`${prompt}, later`, 'openai/echo');
    await delay(AWAY_MS);
    await Promise.all(members.map(({ redis }) => redis.resume()));

    const second = await cluster.stage.call(prompt, 1);
    await second.say('anew');
    await second.end();
    expect(await cluster.violations(reader, ada, session, second.text)).toEqual([]);
    expect(await cluster.violations(cluster.read(ada, later), ada, later)).toEqual([]);
    // No process needed a restart.
    expect([...cluster.apis, ...cluster.workers]).toEqual(members);
  });
});
