import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { textOf } from '../support/api-client.js';
import { useCluster } from './use-cluster.js';
import { eventually, within } from './waiting.js';

const MAX_EXIT_MS = 30_000;

/** A request whose body never comes to its end, once the server reads it; `over` resolves when it is cut off. */
async function slowRequest(url: string): Promise<{ readonly over: Promise<unknown> }> {
  const headers = { 'content-type': 'application/json', 'content-length': 1_000, expect: '100-continue' };
  const slow = request(`${url}/graphql`, { method: 'POST', headers });
  const over = once(slow, 'error');
  slow.flushHeaders();
  await once(slow, 'continue');
  slow.write('{"query": "');
  return { over };
}

describe('an API process that is told to end', () => {
  const cluster = useCluster();

  it('is not ready, refuses streams, sends its readers elsewhere, and exits though a request is slow', async () => {
    const ada = await cluster.guest();
    const [leaving, other] = cluster.apis;
    if (!leaving || !other) throw new Error('there are no two of them');
    const { session, call, reader } = await cluster.begin(ada, 'Leave', 'here, ');
    const slow = await slowRequest(leaving.url);

    const exit = leaving.terminate();
    const health = await eventually('it is not ready', async () => {
      const answer = await fetch(`${leaving.url}/health`);
      return answer.status === 503 ? answer : undefined;
    });
    expect(health.headers.get('connection')).toBe('close');

    const refused = await fetch(`${leaving.url}/graphql/stream`, { method: 'POST' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL', retryable: true } }],
    });

    const tried = [leaving.url, other.url];
    const visitor = ada.events(session.id, 0, {
      url: () => `${tried.length > 1 ? tried.shift() : tried[0]}/graphql/stream`,
      retryAttempts: 1,
    });
    const visit = Array.fromAsync(visitor);
    await call.say('and there');
    await call.end();
    expect(textOf(await visit)).toBe('here, and there');
    expect(tried).toEqual([other.url]);
    expect(await cluster.violations(reader, ada, session, call.text)).toEqual([]);
    expect(reader.cuts).toBeGreaterThan(0);

    expect(await within('it is to exit', exit, MAX_EXIT_MS)).toBe(0);
    await slow.over;
  });
});
