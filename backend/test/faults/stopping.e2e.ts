import { describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { useCluster } from './use-cluster.js';

describe('stopping, and starting, more than once', () => {
  const cluster = useCluster();

  const elsewhere = (client: ApiClient): ApiClient => client.on(cluster.apis[1]?.url ?? '');

  it('hangs up on the provider, and keeps what readers were shown', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Stop', 'kept ', 'text');
    await elsewhere(ada).stop(session.id);
    await call.hungUp;
    expect(await cluster.violations(reader, ada, session, 'kept text')).toEqual([]);
    expect((await cluster.saved(ada, session)).status).toBe('STOPPED');
  });

  it('ends once, however often and wherever it is asked', async () => {
    const ada = await cluster.guest();
    const { session, reader } = await cluster.begin(ada, 'Often', 'once');
    const asked = Array.from({ length: 6 }, (_, i) => (i % 2 ? ada : elsewhere(ada)).stop(session.id));
    for (const status of await Promise.all(asked)) expect(['STREAMING', 'STOPPED']).toContain(status);
    expect(await cluster.violations(reader, ada, session, 'once')).toEqual([]);
    expect(await ada.stop(session.id)).toBe('STOPPED');
  });

  it('ends a reply that is stopped before it has begun', async () => {
    const ada = await cluster.guest();
    const session = await ada.start('Early', 'openai/staged');
    const [, reader] = [await elsewhere(ada).stop(session.id), cluster.read(ada, session)];
    expect(await cluster.violations(reader, ada, session)).toEqual([]);
    expect((await cluster.saved(ada, session)).status).toBe('STOPPED');
  });

  it('ends in one way when a stop races the end', async () => {
    const ada = await cluster.guest();
    const ends = new Set<string>();
    for (let round = 0; round < 15; round += 1) {
      const prompt = `Race ${round}`;
      const session = await ada.start(prompt, 'openai/staged');
      const call = await cluster.stage.call(prompt);
      await call.say('almost');
      const readers = [cluster.read(ada, session), cluster.read(elsewhere(ada), session)];
      await Promise.all(readers.map((reader) => reader.shows('almost')));
      // Rounds differ in who is ahead.
      const stop =
        round % 3 === 0
          ? call.end().then(() => elsewhere(ada).stop(session.id))
          : elsewhere(ada).stop(session.id);
      await Promise.all([stop, round % 3 === 0 ? undefined : call.end()]);
      for (const reader of readers)
        expect(await cluster.violations(reader, ada, session, 'almost')).toEqual([]);
      ends.add((await cluster.saved(ada, session)).status);
    }
    for (const end of ends) expect(['COMPLETE', 'STOPPED']).toContain(end);
  });

  it('makes one session of one idempotency key, sent ten times at once to two processes', async () => {
    const ada = await cluster.guest();
    const start = (client: ApiClient) => client.start('Once', 'openai/echo', { idempotencyKey: 'one' });
    const sessions = await Promise.all(
      Array.from({ length: 10 }, (_, i) => start(i % 2 ? ada : elsewhere(ada))),
    );
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
    const [session] = sessions;
    if (session) expect(await cluster.violations(cluster.read(ada, session), ada, session)).toEqual([]);
    expect(cluster.provider.requests.filter(({ prompt }) => prompt === 'Once')).toHaveLength(1);
    const chats = await cluster.query(`SELECT FROM messages WHERE role = 'USER' AND content = 'Once'`);
    expect(chats).toHaveLength(1);
  });
});
