import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from './faults/waiting.js';
import { ApiClient, type Session } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';
import { metric } from './support/process-figures.js';

const PLANS = `
- { id: free, name: Free, models: ['*', '!xai/*'], messagesPerDay: 10, tokensPerMonth: 15000 }
- { id: team, name: Team, messagesPerDay: 10, tokensPerMonth: 15000 }
`;
const PROMPT = 'Is anybody there?';

describe.each(MODES)('a reply that waits for a worker, with %s', (mode) => {
  let rivulet: Installation;
  let db: Client;
  let admin: ApiClient;
  let guest: ApiClient;
  let gates: Gate[];
  let busy: Session[];
  let waiting: Session;

  beforeAll(async () => {
    rivulet = await startInstallation(mode, { plans: PLANS, env: { WORKER_CONCURRENCY: '1' } });
    admin = await ApiClient.signedUp(rivulet.apis[0].url, 'admin@example.com');
    db = new Client(rivulet.databaseUrl);
    await db.connect();
  });
  afterAll(async () => {
    await db.end();
    await rivulet.stop();
  });

  beforeEach(async () => {
    guest = await ApiClient.guest(rivulet.apis[0].url);
    await setPlan('team');
    // A worker writes one reply at a time here, so that these keep all of them from any other.
    const models = ['gated', 'gated-2'].slice(0, rivulet.workers.length || 1);
    gates = models.map(() => new Gate());
    busy = [];
    for (const [index, gate] of gates.entries()) {
      const model = models[index] ?? '';
      rivulet.scenarios[model] = gate.scenario(['busy'], []);
      busy.push(await admin.start('Be busy', `openai/${model}`, { cache: 'BYPASS' }));
      await gate.reached;
    }
    waiting = await guest.start(PROMPT, 'xai/echo');
    expect(await used()).toMatchObject({ messagesToday: { used: 1 }, repliesAtOnce: { used: 1 } });
  });
  afterEach(() => workersAreFree());

  /** Lets the workers come to the reply that waits. */
  async function workersAreFree(): Promise<void> {
    for (const gate of gates) gate.open();
    await Promise.all(busy.map(({ id }) => admin.allEvents(id)));
  }

  async function setPlan(planId: string, periodEnd?: Date): Promise<void> {
    const { viewer } = await guest.data<{ viewer: { id: string } }>('{ viewer { id } }');
    await admin.data('mutation ($input: SetAccountPlanInput!) { setAccountPlan(input: $input) { id } }', {
      input: { accountId: viewer.id, planId, periodEnd },
    });
  }

  async function used(): Promise<unknown> {
    const { viewer } = await guest.data<{ viewer: { usage: unknown } }>(
      '{ viewer { usage { messagesToday { used } tokensThisMonth { used } repliesAtOnce { used } } } }',
    );
    return viewer.usage;
  }

  async function reply(): Promise<unknown> {
    return (await guest.history(waiting.chat.id)).at(-1);
  }

  /** The provider has heard nothing of it, and all that was reserved for it is given back. */
  async function expectNothingSpent(): Promise<void> {
    expect(rivulet.provider.requests.map(({ prompt }) => prompt)).not.toContain(PROMPT);
    expect(await used()).toEqual({
      messagesToday: { used: 0 },
      tokensThisMonth: { used: 0 },
      repliesAtOnce: { used: 0 },
    });
  }

  it('is not made when its model has left the plan meanwhile, and costs nothing', async () => {
    await setPlan('team', new Date(0));
    expect(await reply()).toMatchObject({ status: 'PENDING' });
    await workersAreFree();
    expect(await guest.allEvents(waiting.id)).toMatchObject([
      { __typename: 'ErrorEvent', code: 'MODEL_NOT_IN_PLAN', retryable: false },
    ]);
    expect(await reply()).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_NOT_IN_PLAN', content: '' });
    await expectNothingSpent();
  });

  it('ends when its session’s time is over, tells whoever follows it, and costs nothing', async () => {
    const elsewhere = guest.on(rivulet.apis[1].url);
    const ways = [{ singleConnection: false }, { singleConnection: true }];
    const following = ways.map((way) => Array.fromAsync(elsewhere.events(waiting.id, 0, way)));
    await eventually('they follow it', async () => {
      return (await metric(elsewhere.url, 'rivulet_open_streams')) === ways.length;
    });
    await db.query('UPDATE chat_sessions SET "expiresAt" = now() WHERE id = $1', [waiting.id]);
    for (const events of await Promise.all(following)) {
      expect(events).toMatchObject([{ __typename: 'ErrorEvent', code: 'SESSION_EXPIRED', retryable: false }]);
    }
    for (const way of ways) {
      await expect(Array.fromAsync(elsewhere.events(waiting.id, 0, way))).rejects.toThrow('SESSION_EXPIRED');
    }
    await workersAreFree();
    expect(await reply()).toMatchObject({ status: 'FAILED', errorCode: 'SESSION_EXPIRED', content: '' });
    await expectNothingSpent();
  });
});
