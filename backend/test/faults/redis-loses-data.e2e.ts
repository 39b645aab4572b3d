import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Cluster } from './cluster.js';

describe('Redis that loses its data', () => {
  let cluster: Cluster;
  let ada: ApiClient;

  beforeAll(async () => {
    cluster = await Cluster.start();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    ada = await cluster.guest();
  });

  it.each([
    [
      'is flushed',
      async () => {
        await cluster.redis.control.flushall();
      },
    ],
    [
      'is started again empty',
      async () => {
        await cluster.redis.kill();
        await cluster.redis.loseData();
        await cluster.redis.startAgain();
      },
    ],
  ])('in mid-stream: when it %s, the reply ends all the same, once', async (how, lose) => {
    const session = await ada.start(`Lose: ${how}`, 'openai/staged');
    const call = await cluster.stage.call(`Lose: ${how}`);
    await call.say('before, ');
    const reader = cluster.read(ada, session);
    await reader.shows('before, ');
    await lose();
    await call.say('after');
    const second = cluster.stage.call(`Lose: ${how}`, 1).then(async (again) => {
      await again.say('anew');
      await again.end();
    });
    second.catch(() => undefined);
    const events = await reader.end(30_000);
    expect(events.length).toBeGreaterThan(1);
    expect(await cluster.violations(reader, ada, session)).toEqual([]);
  });

  it('tells a finished reply again from PostgreSQL, to new readers and to those with a cursor', async () => {
    const session = await ada.start('Finished', 'openai/echo');
    const reader = cluster.read(ada, session);
    const events = await reader.end();
    await cluster.redis.control.flushall();
    expect(await cluster.violations(cluster.read(ada, session), ada, session)).toEqual([]);
    const back = await ada.allEvents(session.id, events[0]?.sequence);
    expect(back[0]?.__typename).toBe('RestartEvent');
  });
});
