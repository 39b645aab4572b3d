import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Cluster } from './cluster.js';
import { within } from './waiting.js';

describe('Redis that is full', () => {
  let cluster: Cluster;
  let ada: ApiClient;

  beforeAll(async () => {
    cluster = await Cluster.start();
    ada = await cluster.guest();
  });
  afterAll(() => cluster.stop());

  it('refuses nothing for good: what was accepted ends once, and all works when there is room again', async () => {
    const session = await ada.start('Full', 'openai/staged');
    const first = await cluster.stage.call('Full');
    await first.say('before, ');
    const reader = cluster.read(ada, session);
    await reader.shows('before, ');

    await cluster.redis.control.config('SET', 'maxmemory', '1');
    await first.say('no room');
    await first.hungUp;
    const later = await within('a start is to be answered', ada.start('Later', 'openai/echo'), 10_000);
    expect((await ada.history(later.chat.id)).map(({ content }) => content)).toEqual(['Later', '']);

    await cluster.redis.control.config('SET', 'maxmemory', '0');
    const second = await cluster.stage.call('Full', 1);
    await second.say('there is room');
    await second.end();
    expect(await cluster.violations(reader, ada, session, second.text)).toEqual([]);
    expect(await cluster.violations(cluster.read(ada, later), ada, later, 'You said: Later')).toEqual([]);
  });
});
