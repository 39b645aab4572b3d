import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';

describe('Redis that loses its data', () => {
  const cluster = useCluster();

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
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, `Lose: ${how}`, 'before, ');
    cluster.stage.answer(`Lose: ${how}`, 'anew');
    await lose();
    await call.say('after');
    await call.end();
    expect(await cluster.violations(reader, ada, session)).toEqual([]);
  });

  it('tells a finished reply again from PostgreSQL, to new readers and to those with a cursor', async () => {
    const ada = await cluster.guest();
    const session = await ada.start('Finished', 'openai/echo');
    const reader = cluster.read(ada, session);
    const events = await reader.end();
    await cluster.redis.control.flushall();
    expect(await cluster.violations(cluster.read(ada, session), ada, session)).toEqual([]);
    const back = await ada.allEvents(session.id, events[0]?.sequence);
    expect(back[0]?.__typename).toBe('RestartEvent');
  });

  it('asks the model again what the cache has lost', async () => {
    const ada = await cluster.guest();
    const ask = async (): Promise<boolean> => {
      const session = await ada.start('Cached', 'openai/echo');
      const reader = cluster.read(ada, session);
      expect(await cluster.violations(reader, ada, session, 'You said: Cached')).toEqual([]);
      return (await cluster.saved(ada, session)).fromCache;
    };
    expect([await ask(), await ask()]).toEqual([false, true]);
    await cluster.redis.control.flushall();
    expect(await ask()).toBe(false);
  });
});
