import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';
import { eventually } from './waiting.js';

/** Longer than any lock, lease or deadline between the processes. */
const BLOCKED_MS = 40_000;

describe('a worker whose event loop is blocked for 40 s', () => {
  const cluster = useCluster();

  it('holds its reply together with the worker that took it over, and writes nothing more of it', async () => {
    const ada = await cluster.guest();
    const { session, call: first, reader } = await cluster.begin(ada, 'Blocked', 'old');
    const blocked = cluster.callerOf(first);
    // From outside, a stopped process and a blocked loop are the same.
    cluster.signal(blocked, 'SIGSTOP');
    const blockedFor = delay(BLOCKED_MS);
    const second = await cluster.stage.call('Blocked', 1);
    await second.say('new');
    await reader.shows('new');
    await first.say(' words of the past');
    await blockedFor;

    cluster.signal(blocked, 'SIGCONT');
    // Now both have it. The first one finds that the words it has are refused, and gives up its call.
    await first.hungUp;
    expect(second.isHungUp).toBe(false);
    await second.say(' and whole');
    await reader.shows('new and whole');
    await second.end();
    expect(await cluster.violations(reader, ada, session, second.text)).toEqual([]);
    const sessions = 'SELECT attempts, status FROM chat_sessions WHERE id = $1';
    expect(await cluster.query(sessions, [session.id])).toEqual([{ attempts: 2, status: 'COMPLETE' }]);
    const replies = `SELECT content FROM messages WHERE "chatId" = $1 AND role = 'ASSISTANT'`;
    expect(await cluster.query(replies, [session.chat.id])).toEqual([{ content: second.text }]);
    expect(cluster.stage.calls('Blocked')).toHaveLength(2);
    expect(cluster.died).toEqual([]);
    await eventually('the worker is well', async () => (await fetch(`${blocked.url}/health`)).ok);
  });
});
