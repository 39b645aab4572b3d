import { describe, expect, it } from '@jest/globals';
import { textOf } from '../support/api-client.js';
import { useCluster } from './use-cluster.js';
import { within } from './waiting.js';

describe('Redis that is full', () => {
  const cluster = useCluster();

  it('refuses nothing: messages are accepted, replies are read, and all that waited ends once when there is room', async () => {
    const ada = await cluster.guest();
    const known = await ada.start('Known', 'openai/echo');
    await cluster.read(ada, known).end();
    const { session, call: first, reader } = await cluster.begin(ada, 'Full', 'before, ');

    await cluster.redis.control.config('SET', 'maxmemory', '1');
    await first.say('no room');
    await first.hungUp;
    const start = (prompt: string) =>
      within('a start is to be answered', ada.start(prompt, 'openai/echo'), 10_000);
    const later = await start('Later');
    expect(later.status).toBe('PENDING');
    expect((await ada.history(later.chat.id)).map(({ content }) => content)).toEqual(['Later', '']);
    const again = await start('Known');
    expect(again.status).toBe('PENDING');
    // What the log has can be read, and what it has not yet is waited for.
    expect(textOf(await ada.allEvents(known.id))).toBe('You said: Known');
    const [readsLater, readsAgain] = [cluster.read(ada, later), cluster.read(ada, again)];

    await cluster.redis.control.config('SET', 'maxmemory', '0');
    const second = await cluster.stage.call('Full', 1);
    await second.say('there is room');
    await second.end();
    expect(await cluster.violations(reader, ada, session, second.text)).toEqual([]);
    expect(await cluster.violations(readsLater, ada, later, 'You said: Later')).toEqual([]);
    expect(await cluster.violations(readsAgain, ada, again, 'You said: Known')).toEqual([]);
    // No subscription was refused or cut off.
    expect([reader, readsLater, readsAgain].map(({ cuts }) => cuts)).toEqual([0, 0, 0]);
  });
});
