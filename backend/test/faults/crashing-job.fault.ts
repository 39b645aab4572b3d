import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Cluster } from './cluster.js';

const ATTEMPTS = 3;

describe('a reply that kills its worker every time', () => {
  let cluster: Cluster;
  let ada: ApiClient;

  beforeAll(async () => {
    cluster = await Cluster.start();
    ada = await cluster.guest();
  });
  afterAll(() => cluster.stop());

  it('is given up after three attempts, with its partial text; the queue goes on', async () => {
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
