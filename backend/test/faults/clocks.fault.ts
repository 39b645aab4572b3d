import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';

const FIVE_MINUTES_MS = 5 * 60_000;
/** Shorter than the clocks are apart: by the wrong clock, every session is over before it has begun. */
const SESSION_TTL_SECONDS = '60';

function shifted(ms: number): Record<string, string> {
  const script = join(import.meta.dirname, 'shifted-clock.mjs');
  return { NODE_OPTIONS: `--import ${script}`, CLOCK_SHIFT_MS: `${ms}` };
}

describe.each([
  ['the API five minutes ahead of the workers', { api: shifted(FIVE_MINUTES_MS) }],
  ['the API five minutes behind the workers', { api: shifted(-FIVE_MINUTES_MS) }],
  ['the workers five minutes ahead of the API', { worker: shifted(FIVE_MINUTES_MS) }],
  ['the workers five minutes behind the API', { worker: shifted(-FIVE_MINUTES_MS) }],
])('clocks that differ, %s', (_which, envOf) => {
  const cluster = useCluster({ env: { SESSION_TTL_SECONDS }, envOf });

  it('change nothing: replies are made, taken over and read to the end', async () => {
    const ada = await cluster.guest();
    const { session, call: first, reader } = await cluster.begin(ada, 'Late', 'lost');
    await cluster.callerOf(first).kill();
    const second = await cluster.stage.call('Late', 1);
    await second.say('found again');
    await second.end();
    expect(await cluster.violations(reader, ada, session, second.text)).toEqual([]);
    expect(await cluster.violations(cluster.read(ada, session), ada, session)).toEqual([]);
  });

  it('do not count: a session is over when it is over by the clock of the database', async () => {
    const ada = await cluster.guest();
    const { session, call, reader } = await cluster.begin(ada, 'Over', 'text');
    await call.end();
    await reader.end();
    const expire = (at: string) =>
      cluster.query(`UPDATE chat_sessions SET "expiresAt" = now() + $2::interval WHERE id = $1`, [
        session.id,
        at,
      ]);
    // Over by a clock that is ahead, and by the database's not.
    await expire('4 minutes');
    expect((await ada.allEvents(session.id)).at(-1)?.__typename).toBe('DoneEvent');
    // Not over by a clock that is behind, and by the database's it is.
    await expire('-1 second');
    await expect(ada.allEvents(session.id)).rejects.toThrow('SESSION_EXPIRED');
  });
});
