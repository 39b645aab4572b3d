import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ApiClient, untilText, type Session, type StreamedEvent } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const PASSWORD = 'correct horse';

describe.each(MODES)('a stream ends with what it stands on, with %s', (mode) => {
  let rivulet: Installation;
  let db: Client;
  let gate: Gate;
  let email: string;
  let ada: ApiClient;
  let session: Session;

  beforeAll(async () => {
    rivulet = await startInstallation(mode);
    db = new Client(rivulet.databaseUrl);
    await db.connect();
  });
  afterAll(async () => {
    await db.end();
    await rivulet.stop();
  });
  beforeEach(async () => {
    gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['early '], ['late']);
    email = `${randomUUID()}@example.com`;
    ada = await ApiClient.signedUp(rivulet.apis[0].url, email);
    session = await ada.start(`Hello from ${email}`, 'openai/gated');
  });

  /** A reader on the other API process who has seen the beginning, and what comes of them. */
  async function reader(client: ApiClient, options: { singleConnection?: boolean } = {}, { id } = session) {
    const events = client.on(rivulet.apis[1].url).events(id, 0, options);
    await untilText(events, 'early ');
    const rest = Array.fromAsync(events as AsyncIterable<StreamedEvent>);
    rest.catch(() => undefined);
    return { rest };
  }

  /** The last event of a reader whose stream goes on. */
  async function lastOf({ rest }: { rest: Promise<StreamedEvent[]> }): Promise<string | undefined> {
    gate.open();
    return (await rest).at(-1)?.__typename;
  }

  describe.each([
    ['a connection of its own', {}],
    ['a connection for all', { singleConnection: true }],
  ])('on %s', (_what, options) => {
    it.each<[string, (client: ApiClient) => Promise<unknown>]>([
      ['signs out', (client) => client.data('mutation { signOut }')],
      ['signs in anew', (client) => client.signIn(email, PASSWORD)],
      [
        'is signed out everywhere',
        async () => {
          const elsewhere = new ApiClient(rivulet.apis[0].url);
          await elsewhere.signIn(email, PASSWORD);
          await elsewhere.data('mutation { signOutEverywhere }');
        },
      ],
      [
        'deletes the account',
        (client) =>
          client.data('mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) }', {
            input: { password: PASSWORD },
          }),
      ],
    ])('when the user %s; nobody else’s does', async (what, happens) => {
      const { secret } = await ada.createToken();
      const token = await reader(ApiClient.withToken(rivulet.apis[0].url, secret), options);
      const signedIn = await reader(ada, options);
      const grace = await ApiClient.signedUp(ada.url, `grace-${email}`);
      const bystander = await reader(grace, options, await grace.start('Me too', 'openai/gated'));
      const before = ada.on(rivulet.apis[1].url);
      await happens(ada);
      await expect(signedIn.rest).rejects.toThrow('UNAUTHENTICATED');
      // The process that the stream was on has just seen them, and remembers them no more.
      expect(await before.data('{ viewer { id } }')).toEqual({ viewer: null });
      if (what === 'deletes the account') await expect(token.rest).rejects.toThrow('UNAUTHENTICATED');
      else expect(await lastOf(token)).toBe('DoneEvent');
      expect(await lastOf(bystander)).toBe('DoneEvent');
    });

    it('when its token is revoked; the user’s others go on', async () => {
      const [revoked, other] = [await ada.createToken(), await ada.createToken()];
      const [ended, stays] = await Promise.all(
        [revoked, other].map(({ secret }) => reader(ApiClient.withToken(ada.url, secret), options)),
      );
      const signedIn = await reader(ada, options);
      await ada.data('mutation ($id: ID!) { revokeApiToken(id: $id) { id } }', { id: revoked.id });
      await expect(ended?.rest).rejects.toThrow('UNAUTHENTICATED');
      if (stays) expect(await lastOf(stays)).toBe('DoneEvent');
      expect(await lastOf(signedIn)).toBe('DoneEvent');
    });

    it('when its token has expired, though nobody rings', async () => {
      const { id, secret } = await ada.createToken();
      const { rest } = await reader(ApiClient.withToken(ada.url, secret), options);
      await db.query('UPDATE api_tokens SET "expiresAt" = now() WHERE id = $1', [id]);
      await expect(rest).rejects.toThrow('UNAUTHENTICATED');
    });
  });

  it('and what shares its connection goes on', async () => {
    const tokens = [await ada.createToken(), await ada.createToken()];
    const url = `${rivulet.apis[1].url}/graphql/stream`;
    const headersOf = (token: { secret: string } | undefined, key?: string) => ({
      ...{ authorization: `Bearer ${token?.secret}`, 'content-type': 'application/json' },
      ...(key !== undefined && { 'x-graphql-event-stream-token': key }),
    });
    const reserved = await fetch(url, { method: 'PUT', headers: headersOf(tokens[0]) });
    const key = await reserved.text();
    const opened = await fetch(url, {
      headers: { ...headersOf(tokens[0], key), accept: 'text/event-stream' },
    });
    const frames = (opened.body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader();
    let seen = '';
    const untilSeen = async (text: string) => {
      while (!seen.includes(text)) seen += (await frames.read()).value ?? '';
    };
    for (const [i, token] of tokens.entries()) {
      const query = `subscription { messageTokens(sessionId: "${session.id}") { ... on TokenEvent { content } } }`;
      const body = JSON.stringify({ query, extensions: { operationId: `op-${i}` } });
      await fetch(url, { method: 'POST', headers: headersOf(token, key), body });
      await untilSeen(`{"id":"op-${i}","payload":{"data":{"messageTokens":{"content":"early "}}}}`);
    }
    await ada.data('mutation ($id: ID!) { revokeApiToken(id: $id) { id } }', { id: tokens[0]?.id });
    await untilSeen('event: complete\ndata: {"id":"op-0"}');
    expect(seen).toMatch(/"id":"op-0","payload":{"errors":\[[^\n]*"UNAUTHENTICATED"/);
    gate.open();
    await untilSeen('event: complete\ndata: {"id":"op-1"}');
    expect(seen).toContain('{"id":"op-1","payload":{"data":{"messageTokens":{"content":"late"}}}}');
    await frames.cancel();
  });

  if (mode !== 'one process') {
    it('when its session’s time is over, and no worker is left to tell', async () => {
      const readers = await Promise.all([reader(ada), reader(ada, { singleConnection: true })]);
      await Promise.all(rivulet.workers.map((worker) => worker.kill()));
      await db.query(`UPDATE chat_sessions SET "expiresAt" = now() - interval '1 minute' WHERE id = $1`, [
        session.id,
      ]);
      for (const { rest } of readers) await expect(rest).rejects.toThrow('SESSION_EXPIRED');
    });
  }
});
