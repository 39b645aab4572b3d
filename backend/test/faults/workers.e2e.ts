import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';
import { eventually } from './waiting.js';

describe('a worker that dies or hangs', () => {
  const cluster = useCluster();

  it('is replaced within seconds: the reply starts over, and its numbers go on rising', async () => {
    const ada = await cluster.guest();
    const { session, call: first, reader } = await cluster.begin(ada, 'Killed', 'lost');
    const killed = performance.now();
    await cluster.callerOf(first).kill();

    const second = await cluster.stage.call('Killed', 1);
    // Its lock ends after 7 s, and a check every second finds that out.
    expect(performance.now() - killed).toBeLessThan(10_000);
    await second.say('found ', 'again');
    await second.end();
    expect(await cluster.violations(reader, ada, session, second.text)).toEqual([]);
    expect(reader.events).toContainEqual(expect.objectContaining({ __typename: 'RestartEvent', attempt: 2 }));
    expect(reader.cuts).toBe(0);
    expect(cluster.stage.calls('Killed')).toHaveLength(2);
  });

  it('gets not one word in when it hung, was replaced, and comes back', async () => {
    const ada = await cluster.guest();
    const { session, call: first, reader } = await cluster.begin(ada, 'Hung', 'old');
    const hung = cluster.callerOf(first);
    cluster.signal(hung, 'SIGSTOP');
    const second = await cluster.stage.call('Hung', 1);
    await second.say('new');
    await reader.shows('new');

    // What it finds when it comes back: more words, and the end.
    await first.say(' words of the past');
    await first.end();
    cluster.signal(hung, 'SIGCONT');
    // It has come back when it can be heard to: by its next reply, or by its health.
    await eventually('the worker that hung is back', async () => (await fetch(`${hung.url}/health`)).ok);
    await second.say(' and whole');
    await reader.shows('new and whole');
    await second.end();
    expect(await cluster.violations(reader, ada, session, second.text)).toEqual([]);
    const rows = await cluster.query('SELECT attempts, status FROM chat_sessions WHERE id = $1', [
      session.id,
    ]);
    expect(rows).toEqual([{ attempts: 2, status: 'COMPLETE' }]);
    // Neither is its next reply any worse for it.
    const next = await ada.start('And now?', 'openai/echo', { chatId: session.chat.id });
    expect((await cluster.read(ada, next).end()).at(-1)?.message?.status).toBe('COMPLETE');
  });
});
