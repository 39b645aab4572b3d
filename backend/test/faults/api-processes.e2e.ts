import { describe, expect, it } from '@jest/globals';
import { violations } from './history.js';
import { useCluster } from './use-cluster.js';

describe('an API process that dies, and lines to it that are cut', () => {
  const cluster = useCluster();

  it('brings all of 50 readers to another process, which lose nothing and get nothing twice', async () => {
    const ada = await cluster.guest();
    const session = await ada.start('Fifty', 'openai/staged');
    const call = await cluster.stage.call('Fifty');
    await call.say('before ', 'the cut, ');
    const readers = Array.from({ length: 50 }, () => cluster.read(ada, session));
    await Promise.all(readers.map((reader) => reader.shows('before the cut, ')));

    await cluster.apis[0]?.kill();
    await call.say('meanwhile, ');
    await Promise.all(readers.map((reader) => reader.shows('before the cut, meanwhile, ')));
    await call.say('after it');
    await call.end();

    const histories = await Promise.all(readers.map((reader) => reader.end()));
    const saved = await cluster.saved(ada, session);
    expect(histories.flatMap((events) => violations({ events, saved, sent: call.text }))).toEqual([]);
    expect(readers.every(({ cuts }) => cuts > 0)).toBe(true);
    expect(cluster.stage.calls('Fifty')).toHaveLength(1);
  });

  it('goes on where the bell was cut off: the subscriber finds in the list what it missed', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Subscriber', 'heard, ');

    expect(await cluster.redis.control.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBeGreaterThan(0);
    await call.say('missed, ');
    await reader.shows('heard, missed, ');
    await call.say('heard again');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(reader.cuts).toBe(0);
  });

  it('notices by their numbers that messages were lost on the way', async () => {
    const ada = await cluster.guest();
    const session = await ada.start('Numbers', 'openai/staged');
    const call = await cluster.stage.call('Numbers');
    await call.say('one ');
    const [deaf, other] = [cluster.apis[0], cluster.apis[1]];
    const reader = cluster.read(ada, session);
    await reader.shows('one ');
    deaf?.redis.lose((chunk) => chunk.includes(session.id) && chunk.includes('message'));
    for (const word of ['two ', 'three ']) await call.say(word);
    const witness = ada.on(other?.url ?? '').events(session.id, reader.events.at(-1)?.sequence);
    expect((await witness.next()).value).toMatchObject({ __typename: 'TokenEvent' });
    await witness.return(undefined);
    expect(reader.text).toBe('one ');

    deaf?.redis.lose(undefined);
    await call.say('four');
    await reader.shows('one two three four');
    await call.end();
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(reader.cuts).toBe(0);
  });
});
