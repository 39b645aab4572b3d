import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';
import { within } from './waiting.js';

describe('Redis that is full', () => {
  const cluster = useCluster();

  it('refuses nothing for good: what was accepted ends once, and all works when there is room again', async () => {
    const ada = await cluster.guest();
    const { session, call: first, reader } = await cluster.begin(ada, 'Full', 'before, ');

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
