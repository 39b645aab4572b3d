import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ApiClient, textOf, untilText, type StreamedEvent } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

/** What processes have counted together, by code. */
function sumOf(metrics: string, name: string): (code: string) => number {
  return (code) => {
    const counted = metrics.matchAll(new RegExp(`^${name}\\{code="${code}"\\} (\\d+)$`, 'gm'));
    return Array.from(counted, ([, count]) => Number(count)).reduce((sum, count) => sum + count, 0);
  };
}

describe.each(MODES)('chatting, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;
  /** Ada again, on the other API process where there is one. */
  let adaElsewhere: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    ada = await ApiClient.guest(rivulet.apis[0].url);
    adaElsewhere = ada.on(rivulet.apis[1].url);
  });
  afterAll(() => rivulet.stop());

  it.each(['openai', 'anthropic', 'xai', 'local'])(
    'streams a reply of %s, saves it, and shows it in history',
    async (provider) => {
      const session = await ada.start(`Hello from Ada, 你好 👋 (${provider})`, `${provider}/echo`);
      const events = await adaElsewhere.allEvents(session.id);

      expect(textOf(events)).toBe(`You said: Hello from Ada, 你好 👋 (${provider})`);
      expect(events.at(-1)?.__typename).toBe('DoneEvent');
      const sequences = events.map(({ sequence }) => sequence);
      expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
      expect(await ada.history(session.chat.id)).toMatchObject([
        { role: 'USER', status: 'COMPLETE' },
        { role: 'ASSISTANT', status: 'COMPLETE', content: textOf(events), fromCache: false },
      ]);
    },
  );

  it('streams an answer of a demo model in many events', async () => {
    const session = await ada.start('What can you do?', 'demo/rivulet');
    const events = await ada.allEvents(session.id);
    expect(events.filter(({ __typename }) => __typename === 'TokenEvent').length).toBeGreaterThan(10);
    expect((await ada.history(session.chat.id)).at(-1)?.content).toBe(textOf(events));
  });

  it('answers the same conversation from the cache, for the same user only', async () => {
    const ask = async (client: ApiClient): Promise<StreamedEvent | undefined> => {
      const session = await client.start('Asked twice', 'openai/echo');
      return (await client.allEvents(session.id)).at(-1);
    };
    expect((await ask(ada))?.message?.fromCache).toBe(false);
    const again = await ask(adaElsewhere);
    expect(again?.message).toMatchObject({ fromCache: true, content: 'You said: Asked twice' });
    const grace = await ApiClient.guest(rivulet.apis[0].url);
    expect((await ask(grace))?.message?.fromCache).toBe(false);
  });

  it('asks the model once for what is asked fifty times at once', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['one for ', 'all'], [', all for one']);
    const asked = rivulet.provider.requests.length;
    const sessions = await Promise.all(
      Array.from({ length: 50 }, (_, i) => (i % 2 ? ada : adaElsewhere).start('The same', 'openai/gated')),
    );
    await gate.reached;
    const replies = sessions.map(({ id }, i) => (i % 2 ? adaElsewhere : ada).allEvents(id));
    gate.open();
    for (const events of await Promise.all(replies)) {
      expect(textOf(events)).toBe('one for all, all for one');
      expect(events.at(-1)?.message?.status).toBe('COMPLETE');
    }
    expect(rivulet.provider.requests).toHaveLength(asked + 1);
  });

  it('stops one of those who asked the same, and nobody else', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['shared '], ['to the end']);
    const first = await ada.start('Shared', 'openai/gated');
    await gate.reached;
    const second = await adaElsewhere.start('Shared', 'openai/gated');
    const following = ada.events(second.id);
    await untilText(following, 'shared ');
    await adaElsewhere.stop(second.id);
    expect((await Array.fromAsync(following)).at(-1)?.message).toMatchObject({
      status: 'STOPPED',
      content: 'shared ',
    });
    gate.open();
    expect(textOf(await ada.allEvents(first.id))).toBe('shared to the end');
  });

  it('lets a reader that was cut come back elsewhere with its cursor, missing and repeating nothing', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['one ', 'two '], ['three ', 'four']);
    const session = await ada.start('Count', 'openai/gated');
    const live = ada.events(session.id);
    const before = await untilText(live, 'one two ');
    await live.return(undefined);

    const cursor = before.at(-1)?.sequence ?? 0;
    const rest = adaElsewhere.allEvents(session.id, cursor);
    gate.open();
    const after = await rest;
    expect(textOf([...before, ...after])).toBe('one two three four');
    expect(after[0]?.sequence).toBeGreaterThan(cursor);
  });

  it('tells from outside what is going on', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['measured'], []);
    const session = await ada.start('Measure me', 'openai/gated');
    const live = ada.events(session.id, 0);
    await untilText(live, 'measured');
    const all = async () => {
      const urls = new Set([...rivulet.apis, ...rivulet.workers].map(({ url }) => url));
      const texts = Array.from(urls, async (url) => (await fetch(`${url}/metrics`)).text());
      return (await Promise.all(texts)).join('\n');
    };
    const during = await all();
    const before = sumOf(during, 'rivulet_refusals_total');
    expect(during).toMatch(/^rivulet_open_streams 1$/m);
    expect(during).toMatch(/^rivulet_running_replies 1$/m);
    expect(during).toMatch(/^rivulet_queued_replies 0$/m);
    await ada.errorCode('{ chat(id: "none") { id } }');
    await expect(ada.allEvents('none')).rejects.toThrow('NOT_FOUND');
    await fetch(`${rivulet.apis[0].url}/graphql`, { method: 'POST', body: 'no JSON' });
    const refused = sumOf(await all(), 'rivulet_refusals_total');
    expect(refused('NOT_FOUND') - before('NOT_FOUND')).toBe(2);
    expect(refused('VALIDATION_FAILED') - before('VALIDATION_FAILED')).toBe(1);
    gate.open();
    await Array.fromAsync(live);
    await ada.allEvents(session.id, 1);
    // The worker counts down a moment after its readers have heard of the end.
    let after = await all();
    while (/^rivulet_(open_streams|running_replies) [1-9]/m.test(after)) after = await all();
    expect(after).toMatch(/^rivulet_resumed_streams_total [1-9]/m);
    expect(after).toMatch(/^rivulet_ended_replies_total{status="COMPLETE",code=""} [1-9]/m);
  });

  it('shows a reply that is being written to whoever comes in the middle', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['early '], ['late']);
    const session = await ada.start('Interrupt me', 'openai/gated');
    await untilText(ada.events(session.id), 'early ');

    const { chat } = await adaElsewhere.data<{ chat: { activeSession: { id: string } } }>(
      'query ($id: ID!) { chat(id: $id) { activeSession { id } } }',
      { id: session.chat.id },
    );
    expect(chat.activeSession.id).toBe(session.id);
    const late = adaElsewhere.allEvents(session.id);
    gate.open();
    expect(textOf(await late)).toBe('early late');
  });

  it('stops a reply from another process, keeping exactly what readers were shown', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['kept ', 'text'], ['never']);
    const session = await ada.start('Stop me', 'openai/gated');
    const live = ada.events(session.id);
    const before = await untilText(live, 'kept text');
    await adaElsewhere.stop(session.id);
    const rest = await Array.fromAsync(live);

    expect(rest.at(-1)).toMatchObject({
      __typename: 'DoneEvent',
      message: { status: 'STOPPED', content: 'kept text' },
    });
    expect(textOf([...before, ...rest])).toBe('kept text');
    await rivulet.provider.requests.at(-1)?.leftByClient;
    expect(await ada.stop(session.id)).toBe('STOPPED');
  });

  it('keeps the text of a reply that fails in the middle, and says why', async () => {
    const session = await ada.start('Fail', 'openai/fault-overload-midway');
    const events = await ada.allEvents(session.id);
    expect(events.at(-1)).toMatchObject({
      __typename: 'ErrorEvent',
      code: 'PROVIDER_UNAVAILABLE',
      retryable: true,
    });
    expect((await ada.history(session.chat.id)).at(-1)).toMatchObject({
      ...{ status: 'FAILED', errorCode: 'PROVIDER_UNAVAILABLE', content: textOf(events) },
    });
    expect(textOf(events)).not.toBe('');
  });

  it('calls a reply that was cut short a failure, and does not cache it', async () => {
    for (let round = 0; round < 2; round++) {
      const session = await ada.start('Truncate', 'anthropic/fault-truncate');
      expect((await ada.allEvents(session.id)).at(-1)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    }
  });

  it('answers again beside the first reply, and goes on from the one that is selected', async () => {
    const first = await ada.start('Versions', 'openai/echo');
    await ada.allEvents(first.id);
    const second = await ada.regenerate(first.assistantMessage.id, 'xai/echo');
    expect((await ada.allEvents(second.id)).at(-1)?.message?.fromCache).toBe(false);

    const versions = [first.assistantMessage.id, second.assistantMessage.id];
    expect((await ada.history(first.chat.id)).at(-1)).toMatchObject({
      id: versions[1],
      siblingIds: versions,
    });
    await ada.data('mutation ($id: ID!) { selectMessage(messageId: $id) { id } }', { id: versions[0] });
    expect((await ada.history(first.chat.id)).at(-1)?.id).toBe(versions[0]);

    const next = await ada.start('And now?', 'openai/echo', { chatId: first.chat.id });
    await ada.allEvents(next.id);
    expect((await ada.history(first.chat.id)).map(({ id }) => id)).toEqual([
      first.userMessage.id,
      versions[0],
      next.userMessage.id,
      next.assistantMessage.id,
    ]);
  });

  it('branches where an earlier message is answered anew', async () => {
    const first = await ada.start('Beginning', 'openai/echo');
    await ada.allEvents(first.id);
    const edit = await ada.start('Other beginning', 'openai/echo', {
      chatId: first.chat.id,
      parentMessageId: null,
    });
    await ada.allEvents(edit.id);
    const [prompt] = await ada.history(first.chat.id);
    expect(prompt).toMatchObject({ content: 'Other beginning' });
    expect(prompt?.siblingIds).toHaveLength(2);
  });

  it('makes one session of one idempotency key, sent ten times at once', async () => {
    const sessions = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        (i % 2 ? ada : adaElsewhere).start('Once', 'openai/echo', { idempotencyKey: `key-${mode}` }),
      ),
    );
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
  });

  it('refuses a second reply in a chat while the first is being written', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['busy'], []);
    const session = await ada.start('First', 'openai/gated');
    await gate.reached;
    const start = `mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }`;
    const input = { prompt: 'Second', modelId: 'openai/echo', chatId: session.chat.id };
    expect(await ada.errorCode(start, { input })).toBe('CONFLICT');
    gate.open();
    await ada.allEvents(session.id);
  });

  it('gives nothing of one user to another', async () => {
    const session = await ada.start('Private', 'openai/echo');
    await ada.allEvents(session.id);
    const mallory = await ApiClient.guest(rivulet.apis[0].url);
    const id = { id: session.chat.id };
    expect(await mallory.errorCode('query ($id: ID!) { chat(id: $id) { id } }', id)).toBe('NOT_FOUND');
    expect(
      await mallory.errorCode('query ($id: ID!) { chatHistory(chatId: $id) { edges { cursor } } }', id),
    ).toBe('NOT_FOUND');
    expect(await mallory.errorCode('mutation ($id: ID!) { deleteChat(id: $id) }', id)).toBe('NOT_FOUND');
    const sessionId = { id: session.id };
    expect(await mallory.errorCode('query ($id: ID!) { chatSession(id: $id) { id } }', sessionId)).toBe(
      'NOT_FOUND',
    );
    expect(
      await mallory.errorCode('mutation ($id: ID!) { stopChatSession(id: $id) { id } }', sessionId),
    ).toBe('NOT_FOUND');
    await expect(mallory.allEvents(session.id)).rejects.toThrow('NOT_FOUND');
  });

  it('refuses to stream a session that has expired, and still shows its reply in history', async () => {
    const session = await ada.start('Old', 'openai/echo');
    await ada.allEvents(session.id);
    const db = new Client({ connectionString: rivulet.databaseUrl });
    await db.connect();
    await db.query(`UPDATE chat_sessions SET "expiresAt" = now() WHERE id = $1`, [session.id]);
    await db.end();
    await expect(ada.allEvents(session.id)).rejects.toThrow('SESSION_EXPIRED');
    expect((await ada.history(session.chat.id)).at(-1)?.status).toBe('COMPLETE');
  });

  it('streams in the single-connection mode of graphql-sse too', async () => {
    const session = await ada.start('One connection', 'openai/echo');
    const events = await Array.fromAsync(ada.events(session.id, 0, { singleConnection: true }));
    expect(textOf(events)).toBe('You said: One connection');
    expect(events.at(-1)?.__typename).toBe('DoneEvent');
  });

  it('ends the stream of a chat that is deleted while its reply is written', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['gone'], []);
    const session = await ada.start('Delete me', 'openai/gated');
    const live = ada.events(session.id);
    await untilText(live, 'gone');
    await adaElsewhere.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: session.chat.id });
    expect((await Array.fromAsync(live)).at(-1)).toMatchObject({
      __typename: 'ErrorEvent',
      code: 'NOT_FOUND',
    });
  });

  it('ends the stream of a chat that is deleted before it is read', async () => {
    rivulet.scenarios['gated'] = new Gate().scenario(['gone'], []);
    const session = await ada.start('Delete me at once', 'openai/gated');
    await adaElsewhere.data('mutation ($id: ID!) { deleteChat(id: $id) }', { id: session.chat.id });
    // Whoever has started it is let in, and told then; anybody else is not.
    for (const client of [ada, adaElsewhere]) {
      const end = Array.fromAsync(client.events(session.id)).then(
        (events) => events.at(-1),
        (error: Error) => ({ code: error.message }),
      );
      expect(await end).toMatchObject({ code: expect.stringMatching(/^NOT_FOUND/) as unknown });
    }
  });
});
