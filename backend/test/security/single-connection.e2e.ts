import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, textOf } from '../support/api-client.js';
import { startInstallation, type Installation } from '../support/installation.js';
import { COLLECTABLE, metric } from '../support/process-figures.js';
import { expectUnharmed } from './support/unharmed.js';

const EVENT_STREAM = 'text/event-stream';
/** Words that every object of JavaScript has. */
const WORDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
const VIEWER = '{ viewer { id } }';

interface Asked {
  readonly method: string;
  readonly token?: string;
  readonly accept?: string;
  readonly body?: unknown;
  readonly search?: string;
}

describe('a reserved stream', () => {
  let rivulet: Installation;
  let ada: ApiClient;
  let bob: ApiClient;
  let nobody: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process', { env: COLLECTABLE });
    const [{ url }] = rivulet.apis;
    [ada, bob] = await Promise.all([ApiClient.guest(url), ApiClient.guest(url)]);
    nobody = new ApiClient(url);
  });
  afterAll(() => rivulet.stop());

  const ask = (api: ApiClient, { method, token, accept, body, search = '' }: Asked): Promise<Response> =>
    fetch(`${api.url}/graphql/stream${search}`, {
      method,
      headers: {
        ...api.headers,
        ...(token !== undefined && { 'x-graphql-event-stream-token': token }),
        ...(accept !== undefined && { accept }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const reserve = async (api: ApiClient): Promise<string> => {
    const answer = await ask(api, { method: 'PUT' });
    expect(answer.status).toBe(201);
    return answer.text();
  };
  const open = (api: ApiClient, token: string) => ask(api, { method: 'GET', token, accept: EVENT_STREAM });
  const execute = (api: ApiClient, token: string, operationId: unknown, query = VIEWER) =>
    ask(api, { method: 'POST', token, body: { query, extensions: { operationId } } });
  const codeOf = async (answer: Response): Promise<unknown> => {
    const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] };
    return errors[0]?.extensions.code;
  };
  /** Reads a stream until it has this text, and leaves it. */
  const readUntil = async (stream: Response, text: string): Promise<string> => {
    let seen = '';
    for await (const piece of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      seen += piece;
      if (seen.includes(text)) return seen;
    }
    throw new Error(`ended with ${seen}`);
  };

  it('is streamed to by the client of graphql-sse, as from a connection of its own', async () => {
    const session = await ada.start('Together', 'openai/echo');
    // One after the other: whoever comes between the saving of a reply and the telling of its end has other numbers.
    const other = await ada.allEvents(session.id);
    const one = await Array.fromAsync(ada.events(session.id, 0, { singleConnection: true }));
    expect(textOf(one)).toBe(textOf(other));
    expect(one.at(-1)).toEqual(other.at(-1));
  });

  it('has a token that the server makes, whatever the client would like', async () => {
    const wanted = 'a-token-of-mine';
    const made = await Promise.all(
      Array.from({ length: 3 }, async () => (await ask(ada, { method: 'PUT', token: wanted })).text()),
    );
    expect(new Set(made).size).toBe(3);
    for (const token of made) {
      expect(token).toMatch(/^[\w-]{43}$/);
      await (await open(ada, token)).body?.cancel();
    }
    expect((await execute(ada, wanted, '1')).status).toBe(404);
  });

  it('is there for its user alone: for others, it is as if there were none', async () => {
    const token = await reserve(ada);
    const unknown = 'x'.repeat(token.length);
    for (const other of [bob, nobody]) {
      for (const asked of [
        { method: 'POST', body: { query: VIEWER, extensions: { operationId: '1' } } },
        { method: 'DELETE', search: '?operationId=1' },
        { method: 'GET' },
        { method: 'GET', accept: EVENT_STREAM },
      ]) {
        const [theirs, none] = await Promise.all([
          ask(other, { ...asked, token }),
          ask(other, { ...asked, token: unknown }),
        ]);
        expect(theirs.status).toBe(none.status);
        expect(await theirs.text()).toBe(await none.text());
        expect(theirs.ok).toBe(false);
      }
    }
    const stream = await open(ada, token);
    expect((await execute(ada, token, 'mine')).status).toBe(202);
    expect(await readUntil(stream, 'complete')).toContain('{"id":"mine","payload":{"data":{"viewer":{"id":');
  });

  it('is opened once at a time', async () => {
    const token = await reserve(ada);
    const stream = await open(ada, token);
    const second = await open(ada, token);
    expect(second.status).toBe(409);
    expect(await codeOf(second)).toBe('CONFLICT');
    await stream.body?.cancel();
  });

  it('cannot be reserved without end by those who do not open it', async () => {
    const carl = await ApiClient.guest(ada.url);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => reserve(carl)));
    const refused = await ask(carl, { method: 'PUT' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(refused)).toBe('RATE_LIMITED');
    await (await open(carl, tokens[0] ?? '')).body?.cancel();
    await reserve(carl);
    await reserve(bob);
  });

  it.each(WORDS)('means nothing by the word %s: not as a token', async (word) => {
    for (const asked of [
      { method: 'POST', body: { query: VIEWER, extensions: { operationId: '1' } } },
      { method: 'DELETE', search: '?operationId=1' },
      { method: 'GET' },
    ]) {
      const byHeader = await ask(ada, { ...asked, token: word });
      const search = `${'search' in asked ? `${asked.search}&` : '?'}token=${word}`;
      const bySearch = await ask(ada, { ...asked, search });
      expect([byHeader.status, bySearch.status]).toEqual(asked.method === 'GET' ? [405, 405] : [404, 404]);
      if (asked.method !== 'GET') expect(await codeOf(byHeader)).toBe('NOT_FOUND');
    }
    const token = await (await ask(ada, { method: 'PUT', token: word })).text();
    expect(token).not.toBe(word);
    await (await open(ada, token)).body?.cancel();
  });

  it('means nothing by such words as ids of operations either, and tells them like all others', async () => {
    const token = await reserve(ada);
    const stream = await open(ada, token);
    for (const word of WORDS) {
      const stopped = await ask(ada, { method: 'DELETE', token, search: `?operationId=${word}` });
      expect(stopped.status).toBe(200);
      expect((await execute(ada, token, word)).status).toBe(202);
    }
    const last = `event: complete\ndata: {"id":${JSON.stringify(WORDS.at(-1))}}`;
    const seen = await readUntil(stream, last);
    for (const word of WORDS) expect(seen).toContain(`{"id":${JSON.stringify(word)},"payload":{"data":`);
  });

  it.each([
    ['no id', undefined],
    ['a number', 7],
    ['an object', { toString: 1 }],
    ['a list', ['1']],
    ['an empty id', ''],
    ['a long id', 'x'.repeat(101)],
  ])('takes no operation with %s', async (_what, operationId) => {
    const token = await reserve(ada);
    const stream = await open(ada, token);
    const answer = await execute(ada, token, operationId);
    expect(answer.status).toBe(400);
    expect(await codeOf(answer)).toBe('VALIDATION_FAILED');
    await stream.body?.cancel();
  });

  it('runs so many operations at once, and says so where there are more', async () => {
    const token = await reserve(ada);
    // Nobody reads: not one of them ends.
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => execute(ada, token, `${index}`)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const stream = await open(ada, token);
    const seen = await readUntil(stream, `event: complete\ndata: {"id":"${statuses.lastIndexOf(202)}"}`);
    expect(seen).toContain('"payload"');
  });

  it('leaves nothing of those who misuse it', async () => {
    const session = await ada.start('Read by nobody', 'openai/echo');
    await ada.allEvents(session.id);
    const tokens = `subscription { messageTokens(sessionId: "${session.id}") { sequence } }`;
    await expectUnharmed(rivulet.apis[0], async () => {
      for (let round = 0; round < 8; round++) {
        const token = await reserve(ada);
        const stream = await open(ada, token);
        for (let index = 0; index < 20; index++) {
          await execute(ada, token, `${'x'.repeat(90)}${index}`, index % 2 === 0 ? '{ nothing }' : tokens);
        }
        await ask(ada, { method: 'DELETE', token, search: `?operationId=${'y'.repeat(90)}` });
        await stream.body?.cancel();
      }
    });
    expect(await metric(ada.url, 'rivulet_open_streams')).toBe(0);
  });
});
