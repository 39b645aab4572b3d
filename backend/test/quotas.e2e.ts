import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ApiClient } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const PLANS = `
- { id: free, name: Free, models: ['*', '!openai/long', '!xai/*'], messagesPerDay: 10, tokensPerMonth: 15000 }
- { id: plus, name: Plus, models: ['*', '!xai/*'] }
- { id: pro, name: Pro }
`;
const START =
  'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }';
const REGENERATE =
  'mutation ($input: RegenerateMessageInput!) { regenerateMessage(input: $input) { session { id } } }';

interface Quota {
  readonly used: number;
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetsAt: string | null;
}

describe.each(MODES)('plans and quotas, with %s', (mode) => {
  let rivulet: Installation;
  let db: Client;
  let ada: ApiClient;
  /** Ada again, on the other API process where there is one. */
  let adaElsewhere: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode, { plans: PLANS });
    db = new Client(rivulet.databaseUrl);
    await db.connect();
  });
  afterAll(async () => {
    await db.end();
    await rivulet.stop();
  });

  async function newGuest(): Promise<void> {
    ada = await ApiClient.guest(rivulet.apis[0].url);
    adaElsewhere = ada.on(rivulet.apis[1].url);
  }

  /** Moves what Ada has used back in time, as if it had been then. */
  async function usedBefore(age: 'day' | 'month'): Promise<void> {
    const { viewer } = await ada.data<{ viewer: { id: string } }>('{ viewer { id } }');
    await db.query(`UPDATE usage SET "${age}" = "${age}" - interval '1 ${age}' WHERE "userId" = $1`, [
      viewer.id,
    ]);
  }

  async function usage(): Promise<Record<'messagesToday' | 'tokensThisMonth' | 'repliesAtOnce', Quota>> {
    const quota = '{ used limit remaining resetsAt }';
    const { viewer } = await ada.data<{ viewer: { usage: never } }>(
      `{ viewer { usage { messagesToday ${quota} tokensThisMonth ${quota} repliesAtOnce ${quota} } } }`,
    );
    return viewer.usage;
  }

  async function chatsOf(client: ApiClient): Promise<number> {
    const { chats } = await client.data<{ chats: { edges: unknown[] } }>('{ chats { edges { cursor } } }');
    return chats.edges.length;
  }

  it('let exactly ten of fifty starts through that come at once to both API processes', async () => {
    await newGuest();
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['one of ten'], []);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        (i % 2 ? ada : adaElsewhere).request(START, {
          input: { prompt: `Start ${i}`, modelId: 'openai/gated', cache: 'BYPASS' },
        }),
      ),
    );
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    expect(refused).toHaveLength(40);
    for (const { extensions } of refused) {
      expect(extensions).toEqual({
        ...{ code: 'QUOTA_EXCEEDED', retryable: false },
        ...{ quota: 'messagesToday', resetsAt: (await usage()).messagesToday.resetsAt },
      });
    }
    expect(await chatsOf(ada)).toBe(10);
    expect(await usage()).toMatchObject({
      messagesToday: { used: 10, limit: 10, remaining: 0 },
      repliesAtOnce: { used: 10, limit: null, remaining: null, resetsAt: null },
    });

    gate.open();
    const sessions = answers.flatMap(({ data }) => data ?? []) as {
      startChatSession: { session: { id: string } };
    }[];
    await Promise.all(sessions.map(({ startChatSession }) => ada.allEvents(startChatSession.session.id)));
    // Still none left: what was answered was used.
    expect(await ada.errorCode(START, { input: { prompt: 'More', modelId: 'openai/echo' } })).toBe(
      'QUOTA_EXCEEDED',
    );
    expect((await usage()).repliesAtOnce.used).toBe(0);
  });

  it('reserve at the start and settle with what the provider says', async () => {
    await newGuest();
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['measured'], []);
    const session = await ada.start('Measure me', 'openai/gated');
    await gate.reached;
    const during = await usage();
    expect(during).toMatchObject({ messagesToday: { used: 1 }, repliesAtOnce: { used: 1 } });
    expect(during.tokensThisMonth.used).toBeGreaterThan(1000);
    gate.open();
    await ada.allEvents(session.id);

    const { chatHistory } = await ada.data<{ chatHistory: { edges: { node: { usage: never } }[] } }>(
      `query ($id: ID!) { chatHistory(chatId: $id) { edges { node { usage { inputTokens outputTokens } } } } }`,
      { id: session.chat.id },
    );
    const { inputTokens, outputTokens } = (chatHistory.edges.at(-1)?.node.usage ?? {}) as Record<
      string,
      number
    >;
    const used = (inputTokens ?? 0) + (outputTokens ?? 0);
    expect(used).toBeGreaterThan(0);
    expect(await usage()).toMatchObject({
      messagesToday: { used: 1, remaining: 9 },
      tokensThisMonth: { used, limit: 15_000, remaining: 15_000 - used },
      repliesAtOnce: { used: 0 },
    });
  });

  it('refuse what may need more tokens than are left', async () => {
    await newGuest();
    const input = { prompt: 'x'.repeat(60_000), modelId: 'openai/echo' };
    const { errors } = await ada.request(START, { input });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      quota: 'tokensThisMonth',
      resetsAt: (await usage()).tokensThisMonth.resetsAt,
    });
    expect(await chatsOf(ada)).toBe(0);
  });

  it('give back what a reply that failed had reserved', async () => {
    await newGuest();
    const session = await ada.start('Fail', 'openai/fault-decline');
    expect((await ada.allEvents(session.id)).at(-1)?.__typename).toBe('ErrorEvent');
    expect(await usage()).toMatchObject({
      messagesToday: { used: 0 },
      tokensThisMonth: { used: 0 },
      repliesAtOnce: { used: 0 },
    });
  });

  it('come back at midnight, and with the first of the month, in UTC', async () => {
    await newGuest();
    const again = { input: { prompt: 'Once more', modelId: 'openai/echo' } };
    const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();
    const starts = Array.from({ length: 10 }, (_, i) => ada.start(`Message ${i}`, 'openai/echo'));
    for (const { id } of await Promise.all(starts)) await ada.allEvents(id);
    const { messagesToday, tokensThisMonth } = await usage();
    expect(messagesToday).toEqual({ used: 10, limit: 10, remaining: 0, resetsAt: midnight });
    expect(await ada.errorCode(START, again)).toBe('QUOTA_EXCEEDED');

    await usedBefore('day');
    expect(await usage()).toMatchObject({ messagesToday: { used: 0, remaining: 10 }, tokensThisMonth });
    await ada.allEvents((await adaElsewhere.start('A new day', 'openai/echo')).id);
    const nextDay = await usage();
    expect(nextDay.messagesToday).toMatchObject({ used: 1, remaining: 9 });
    expect(nextDay.tokensThisMonth.used).toBeGreaterThan(tokensThisMonth.used);

    await usedBefore('month');
    expect(await usage()).toMatchObject({ tokensThisMonth: { used: 0, remaining: 15_000 } });
  });

  it('give nothing of what today has used back for a reply of yesterday', async () => {
    await newGuest();
    const morning = Promise.withResolvers<void>();
    rivulet.scenarios['gated'] = async (reply) => {
      await reply.start();
      await morning.promise;
      await reply.decline();
    };
    const { id } = await ada.start('Good night', 'openai/gated');
    await usedBefore('day');
    await db.query(`UPDATE chat_sessions SET "createdAt" = "createdAt" - interval '1 day' WHERE id = $1`, [
      id,
    ]);
    await ada.allEvents((await ada.start('Good morning', 'openai/echo')).id);
    morning.resolve();
    expect((await ada.allEvents(id)).at(-1)?.__typename).toBe('ErrorEvent');
    expect(await usage()).toMatchObject({ messagesToday: { used: 1 }, repliesAtOnce: { used: 0 } });
  });

  it('count a message once, however often it is sent again with its key', async () => {
    await newGuest();
    const again = { idempotencyKey: 'once' };
    const first = await ada.start('Once', 'openai/echo', again);
    await ada.allEvents(first.id);
    for (const client of [ada, adaElsewhere])
      expect((await client.start('Once', 'openai/echo', again)).id).toBe(first.id);
    expect((await usage()).messagesToday.used).toBe(1);
  });

  it('give the place of a reply back whose chat is deleted', async () => {
    await newGuest();
    rivulet.scenarios['gated'] = new Gate().scenario(['never told to the end'], []);
    const { chat } = await ada.start('Forget me', 'openai/gated');
    await ada.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: chat.id });
    expect((await usage()).repliesAtOnce.used).toBe(0);
  });

  it('show a model outside the plan as such, and name the plan that has it when it is asked for', async () => {
    await newGuest();
    const { models } = await ada.data<{ models: { id: string }[] }>(
      '{ models { id available unavailableReason plans { id } } }',
    );
    expect(models.find(({ id }) => id === 'openai/long')).toEqual({
      ...{ id: 'openai/long', available: false, unavailableReason: 'MODEL_NOT_IN_PLAN' },
      plans: [{ id: 'plus' }, { id: 'pro' }],
    });
    const session = await ada.start('Hello', 'openai/echo');
    await ada.allEvents(session.id);
    for (const [operation, input, plan] of [
      [START, { prompt: 'Hi', modelId: 'openai/long' }, 'Plus'],
      [START, { prompt: 'Hi', modelId: 'xai/echo' }, 'Pro'],
      [REGENERATE, { messageId: session.assistantMessage.id, modelId: 'xai/echo' }, 'Pro'],
    ] as const) {
      const { errors } = await ada.request(operation, { input });
      expect(errors?.[0]?.extensions).toEqual({ code: 'MODEL_NOT_IN_PLAN', retryable: false, plan });
    }
  });
});
