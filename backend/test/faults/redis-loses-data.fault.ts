import { describe, expect, it } from '@jest/globals';
import { logKeys } from '../../src/streaming/redis-names.js';
import { useCluster } from './use-cluster.js';
import { eventually } from './waiting.js';

describe('Redis that loses its data, jobs included', () => {
  const cluster = useCluster();

  it('queues again what waited', async () => {
    const ada = await cluster.guest();
    await Promise.all(cluster.workers.map((worker) => worker.kill()));
    const session = await ada.start('Waiting', 'openai/echo');
    await cluster.redis.control.flushall();
    await cluster.restore();
    const reader = cluster.read(ada, session);
    expect(await cluster.violations(reader, ada, session, 'You said: Waiting')).toEqual([]);
  });

  it('loses the newest words alone, as at a failover: the reply starts over, and nobody misses a word', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Failover', 'kept, ');
    await cluster.redis.copyData();
    await call.say('lost, ');
    await reader.shows('kept, lost, ');
    cluster.stage.answer('Failover', 'anew');
    await cluster.redis.kill();
    await cluster.redis.loseWhatCameAfterCopy();
    await cluster.redis.startAgain();
    await call.say('after, ', 'the end');
    await call.end();
    expect(await cluster.violations(reader, ada, session)).toEqual([]);
    expect(reader.events.some(({ __typename }) => __typename === 'RestartEvent')).toBe(true);
  });

  it('loses the end of a reply alone: whoever comes for it has it from PostgreSQL', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'End', 'all, ');
    await cluster.redis.copyData();
    await call.say('but the end');
    await call.end();
    await reader.end();
    await cluster.redis.kill();
    await cluster.redis.loseWhatCameAfterCopy();
    await cluster.redis.startAgain();
    expect(await cluster.violations(cluster.read(ada, session), ada, session, call.text)).toEqual([]);
    // The job is there again as well, and its worker tells the end to whoever still waits for it.
    const { state } = logKeys(session.id);
    await eventually('the log ends', async () => !(await cluster.redis.control.hexists(state, 'writer')));
    const back = await ada.allEvents(session.id, reader.events.at(-2)?.sequence);
    expect(back.at(-1)?.message).toMatchObject({ status: 'COMPLETE', content: call.text });
  });
});
