import { describe, expect, it } from '@jest/globals';
import type { ApiClient, Session } from '../support/api-client.js';
import { useCluster } from './use-cluster.js';
import { eventually } from './waiting.js';
import type { Reader } from './reader.js';

const ASKED = 50;

interface Asked {
  readonly session: Session;
  readonly reader: Reader;
}

describe('the same question, asked fifty times at once', () => {
  const cluster = useCluster();

  const ask = async (ada: ApiClient, prompt: string): Promise<Asked[]> => {
    const urls = cluster.urls();
    const asked = Array.from({ length: ASKED }, (_, index) =>
      ada.on(urls[index % urls.length] ?? '').start(prompt, 'openai/staged'),
    );
    const sessions = await Promise.all(asked);
    return sessions.map((session) => ({ session, reader: cluster.read(ada, session) }));
  };

  const allShow = (asked: readonly Asked[], text: string) =>
    eventually(`all show ${text}`, () => asked.every(({ reader }) => reader.text === text));

  const violationsOf = async (ada: ApiClient, asked: readonly Asked[], sent: string): Promise<string[]> => {
    const found = asked.map(({ session, reader }) => cluster.violations(reader, ada, session, sent));
    return (await Promise.all(found)).flat();
  };

  it('is put to the provider once; one who stops stops nobody else', async () => {
    const ada = await cluster.guest();
    const asked = await ask(ada, 'All');
    const call = await cluster.stage.call('All');
    await call.say('one for all, ');
    await allShow(asked, 'one for all, ');
    const [stopped, ...others] = asked.toReversed();
    if (!stopped) throw new Error('nobody asked');
    await ada.stop(stopped.session.id);
    expect(await violationsOf(ada, [stopped], 'one for all, ')).toEqual([]);

    await call.say('all for one');
    await call.end();
    expect(await violationsOf(ada, others, call.text)).toEqual([]);
    expect(cluster.stage.calls('All')).toHaveLength(1);
  });

  it('is put to it once more when the worker that had put it dies, and all end once', async () => {
    const ada = await cluster.guest();
    const asked = await ask(ada, 'Again');
    const first = await cluster.stage.call('Again');
    await first.say('lost');
    await allShow(asked, 'lost');
    await cluster.callerOf(first).kill();

    const second = await cluster.stage.call('Again', 1);
    await second.say('found again');
    await second.end();
    expect(await violationsOf(ada, asked, second.text)).toEqual([]);
    expect(cluster.stage.calls('Again')).toHaveLength(2);
  });

  it('is put to it by the next one when the first was stopped, and its worker died before it let go', async () => {
    const ada = await cluster.guest();
    const { session, reader } = await cluster.begin(ada, 'Left behind', 'half');
    const { control } = cluster.redis;
    const [lead] = await control.keys('rivulet:single-flight:*');
    if (!lead) throw new Error('nobody leads');
    await ada.stop(session.id);
    expect(await cluster.violations(reader, ada, session, 'half')).toEqual([]);
    await eventually('its worker lets go', async () => (await control.exists(lead)) === 0);
    // What Redis has where it died between the two, only that nothing here ends by itself.
    await control.set(lead, session.id);

    const next = await ada.start('Left behind', 'openai/staged');
    const readsNext = cluster.read(ada, next);
    const call = await cluster.stage.call('Left behind', 1);
    await call.say('whole');
    await call.end();
    expect(await cluster.violations(readsNext, ada, next, 'whole')).toEqual([]);
    expect(cluster.stage.calls('Left behind')).toHaveLength(2);
  });
});
