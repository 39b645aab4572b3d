import { describe, expect, it } from '@jest/globals';
import { useCluster } from './use-cluster.js';

const ATTEMPTS = 3;

describe('a reply that kills its worker every time', () => {
  const cluster = useCluster();

  it('is given up after three attempts, with its partial text; the queue goes on', async () => {
    const ada = await cluster.guest();
    const session = await ada.start('Poison', 'openai/staged');
    const reader = cluster.read(ada, session);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const call = await cluster.stage.call('Poison', attempt);
      const text = `attempt ${attempt + 1}`;
      await call.say(text);
      await reader.shows(text);
      // Saved on its way, so that the last attempt's text is there to be kept.
      await cluster.untilSaved(session, text);
      await cluster.callerOf(call).kill();
      await cluster.restore();
    }
    expect(await cluster.violations(reader, ada, session, `attempt ${ATTEMPTS}`)).toEqual([]);
    expect(reader.events.at(-1)).toMatchObject({
      __typename: 'ErrorEvent',
      code: 'INTERNAL',
      retryable: true,
    });
    expect(cluster.stage.calls('Poison')).toHaveLength(ATTEMPTS);

    const next = await ada.start('And now?', 'openai/echo', { chatId: session.chat.id });
    const events = await cluster.read(ada, next).end();
    expect(events.at(-1)?.message?.status).toBe('COMPLETE');
  });
});
