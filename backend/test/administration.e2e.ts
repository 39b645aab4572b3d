import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './faults/waiting.js';
import { ApiClient } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const PLANS = `
- { id: free, name: Free, models: ['*', '!xai/*'] }
- { id: team, name: Team, repliesAtOnce: 2 }
`;
const START =
  'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }';
const ACCOUNTS = `query ($search: String) { accounts(search: $search) { edges { node {
  id email isGuest isAdmin plan { id } subscription { status } usage { messagesToday { used } }
} } } }`;
const SET_PLAN = `mutation ($input: SetAccountPlanInput!) { setAccountPlan(input: $input) {
  id plan { id } subscription { plan { id } status periodEnd }
} }`;
const MY_PLAN = '{ viewer { id plan { id } subscription { plan { id } status periodEnd } } }';

interface PlanSeen {
  readonly id: string;
  readonly plan: { readonly id: string };
  readonly subscription: { readonly plan: { readonly id: string }; readonly status: string };
}

describe.each(MODES)('administrators, with %s', (mode) => {
  let rivulet: Installation;
  let admin: ApiClient;
  let guest: ApiClient;
  /** The guest again, on the other API process where there is one. */
  let guestElsewhere: ApiClient;
  let guestId: string;

  beforeAll(async () => {
    rivulet = await startInstallation(mode, { plans: PLANS });
    admin = await ApiClient.signedUp(rivulet.apis[0].url, 'admin@example.com');
  });
  afterAll(() => rivulet.stop());
  beforeEach(async () => {
    guest = await ApiClient.guest(rivulet.apis[0].url);
    guestElsewhere = guest.on(rivulet.apis[1].url);
    guestId = (await planOf(guestElsewhere)).id;
  });

  async function planOf(client: ApiClient): Promise<PlanSeen> {
    return (await client.data<{ viewer: PlanSeen }>(MY_PLAN)).viewer;
  }

  async function setPlan(planId: string, periodEnd?: Date): Promise<PlanSeen> {
    const input = { accountId: guestId, planId, periodEnd };
    return (await admin.data<{ setAccountPlan: PlanSeen }>(SET_PLAN, { input })).setAccountPlan;
  }

  it('are the only ones who see accounts and set plans', async () => {
    const input = { accountId: guestId, planId: 'team' };
    for (const [client, code] of [
      [guest, 'FORBIDDEN'],
      [new ApiClient(guest.url), 'UNAUTHENTICATED'],
    ] as const) {
      expect(await client.errorCode(ACCOUNTS)).toBe(code);
      expect(await client.errorCode(SET_PLAN, { input })).toBe(code);
    }
    expect((await planOf(guest)).plan.id).toBe('free');
  });

  it('see who is there, what they have and what they used', async () => {
    await guest.allEvents((await guest.start('Count me', 'openai/echo')).id);
    const { accounts } = await admin.data<{ accounts: { edges: { node: unknown }[] } }>(ACCOUNTS);
    expect(accounts.edges[0]?.node).toEqual({
      ...{ id: guestId, email: null, isGuest: true, isAdmin: false, plan: { id: 'free' } },
      ...{ subscription: { status: 'ACTIVE' }, usage: { messagesToday: { used: 1 } } },
    });
    const found = await admin.data<typeof accounts>(ACCOUNTS, { search: 'ADMIN@' });
    expect(found).toMatchObject({
      accounts: { edges: [{ node: { email: 'admin@example.com', isAdmin: true, plan: { id: 'team' } } }] },
    });
  });

  it('put somebody on a plan, which opens its models in every process, and closes them when it ends', async () => {
    const asking = { input: { prompt: 'Hi', modelId: 'xai/echo' } };
    expect(await guestElsewhere.errorCode(START, asking)).toBe('MODEL_NOT_IN_PLAN');
    const periodEnd = new Date(Date.now() + 3600_000);
    const holding = {
      ...{ id: guestId, plan: { id: 'team' } },
      subscription: { plan: { id: 'team' }, status: 'ACTIVE', periodEnd: periodEnd.toISOString() },
    };
    expect(await setPlan('team', periodEnd)).toEqual(holding);
    await eventually('the other process has heard of it', async () => {
      return (await planOf(guestElsewhere)).plan.id === 'team';
    });
    expect(await planOf(guestElsewhere)).toEqual(holding);
    await guestElsewhere.allEvents((await guestElsewhere.start('Hi', 'xai/echo')).id);

    expect(await setPlan('team', new Date(0))).toMatchObject({
      ...{ plan: { id: 'free' }, subscription: { plan: { id: 'team' }, status: 'ENDED' } },
    });
    await eventually('the other process has heard of its end', async () => {
      return (await planOf(guestElsewhere)).plan.id === 'free';
    });
    expect(await guestElsewhere.errorCode(START, asking)).toBe('MODEL_NOT_IN_PLAN');
  });

  it('bound with a plan how many replies are written at once', async () => {
    await setPlan('team');
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['waiting'], []);
    const asking = (prompt: string) => ({ input: { prompt, modelId: 'openai/gated', cache: 'BYPASS' } });
    const [first] = [await guest.start('One', 'openai/gated'), await guest.start('Two', 'openai/gated')];
    const { errors } = await guest.request(START, asking('Three'));
    expect(errors?.[0]?.extensions).toEqual({
      code: 'QUOTA_EXCEEDED',
      quota: 'repliesAtOnce',
      retryable: false,
    });
    await guest.stop(first.id);
    await guest.allEvents(first.id);
    expect((await guest.request(START, asking('Four'))).errors).toBeUndefined();
    gate.open();
  });

  it('hear of a plan and an account that there are not', async () => {
    const set = (input: object) => admin.errorCode(SET_PLAN, { input });
    expect(await set({ accountId: guestId, planId: 'gold' })).toBe('VALIDATION_FAILED');
    expect(await set({ accountId: '00000000-0000-4000-8000-000000000000', planId: 'team' })).toBe(
      'NOT_FOUND',
    );
    expect(await set({ accountId: 'nobody', planId: 'team' })).toBe('NOT_FOUND');
    expect(await admin.errorCode('{ accounts(after: "nope") { edges { cursor } } }')).toBe(
      'VALIDATION_FAILED',
    );
  });
});
