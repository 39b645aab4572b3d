import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../support/api-client.js';
import { startInstallation, type Installation } from '../support/installation.js';
import { COLLECTABLE } from '../support/process-figures.js';
import { answerOn, connected, postHead } from './support/raw-request.js';
import { expectUnharmed } from './support/unharmed.js';

const MEGABYTE = 1024 * 1024;
const JSON_TYPE = 'application/json';
const EVENT_STREAM = 'text/event-stream';
const RENAME = 'mutation ($id: ID!, $title: String!) { renameChat(id: $id, title: $title) { title } }';
/** Two, three and four bytes in UTF-8, and a character of several code points. */
const TITLE = 'naïve – 漢字 🏃🏽‍♀️ 🏊';

/** Both ways in, with what they are usually asked for. */
const DOORS = [
  { path: '/graphql', accept: JSON_TYPE },
  { path: '/graphql/stream', accept: EVENT_STREAM },
];

describe.each(DOORS)('a request to $path', ({ path, accept }) => {
  let rivulet: Installation;
  let ada: ApiClient;
  let chatId: string;

  beforeAll(async () => {
    rivulet = await startInstallation('one process', { env: COLLECTABLE });
    ada = await ApiClient.guest(rivulet.apis[0].url);
    const session = await ada.start('A chat', 'openai/echo');
    await ada.allEvents(session.id);
    chatId = session.chat.id;
  });
  beforeEach(() => ada.data(RENAME, { id: chatId, title: 'Before' }));
  afterAll(() => rivulet.stop());

  const url = () => `${rivulet.apis[0].url}${path}`;
  const post = (
    body: string | Buffer | ReadableStream,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(url(), {
      method: 'POST',
      headers: { accept, 'content-type': JSON_TYPE, cookie: ada.cookie, ...headers },
      body,
      // Of what comes piece by piece, nobody knows the length beforehand.
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
  const rename = (title: string) => ({ query: RENAME, variables: { id: chatId, title } });
  const title = async (): Promise<string> => {
    const { chat } = await ada.data<{ chat: { title: string } }>(
      'query ($id: ID!) { chat(id: $id) { title } }',
      { id: chatId },
    );
    return chat.title;
  };
  const expectRefused = async (answer: Response, status: number): Promise<void> => {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(JSON_TYPE);
    const { errors } = (await answer.json()) as { errors: unknown };
    expect(errors).toEqual([
      {
        message: expect.any(String),
        extensions: { code: 'VALIDATION_FAILED', retryable: false },
      },
    ]);
  };

  it('is executed as JSON in UTF-8', async () => {
    for (const [index, type] of [
      JSON_TYPE,
      `${JSON_TYPE}; charset=utf-8`,
      `${JSON_TYPE};charset="UTF-8"`,
    ].entries()) {
      const answer = await post(JSON.stringify(rename(`After ${index}`)), { 'content-type': type });
      expect(answer.status).toBe(200);
      await answer.text();
      expect(await title()).toBe(`After ${index}`);
    }
  });

  it.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'text/plain; application/json',
    'text/plain; a=application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'application/jsonp',
    'application/graphql',
    'application/json, text/plain',
    'json',
  ])('is not executed as %s', async (type) => {
    await expectRefused(await post(JSON.stringify(rename('After')), { 'content-type': type }), 415);
    expect(await title()).toBe('Before');
  });

  it('is not executed without a content type', async () => {
    const body = new Blob([JSON.stringify(rename('After'))]);
    const headers = { accept, cookie: ada.cookie };
    await expectRefused(await fetch(url(), { method: 'POST', headers, body }), 415);
    expect(await title()).toBe('Before');
  });

  it.each(['utf-16', 'utf-16le', 'utf-7', 'utf-32', 'iso-8859-1', 'windows-1252', 'nonsense', 'utf-8-sig'])(
    'is not read in the charset %s',
    async (charset) => {
      const body = Buffer.from(
        JSON.stringify(rename('After')),
        charset.startsWith('utf-16') ? 'utf16le' : 'utf8',
      );
      const type = `${JSON_TYPE}; charset=${charset}`;
      await expectRefused(await post(body, { 'content-type': type }), 415);
      expect(await title()).toBe('Before');
    },
  );

  it('means the same to all who read its content type', async () => {
    const body = Buffer.from(JSON.stringify(rename('After')), 'utf16le');
    // Some take the first of two, some the last; some overlook the space, for others there is no charset then.
    for (const parameters of ['charset=utf-8; charset=utf-16le', 'charset =utf-16le']) {
      const answer = await post(body, { 'content-type': `${JSON_TYPE}; ${parameters}` });
      expect(answer.status).toBe(400);
      await answer.text();
      expect(await title()).toBe('Before');
    }
  });

  it('is not executed by GET with a cookie, whatever it asks for', async () => {
    const variables = JSON.stringify({ id: chatId, title: 'After' });
    const token = '&token=0';
    for (const query of ['{ viewer { id } }', RENAME]) {
      for (const [asked, more] of [
        [accept, ''],
        ['*/*', ''],
        ['*/*', token],
        [accept, token],
      ]) {
        const search = `query=${encodeURIComponent(query)}&variables=${encodeURIComponent(variables)}${more}`;
        const answer = await fetch(`${url()}?${search}`, {
          headers: { accept: asked ?? '', cookie: ada.cookie },
        });
        await expectRefused(answer, 405);
        expect(answer.headers.get('allow')).toBe('POST');
      }
    }
    expect(await title()).toBe('Before');
  });

  it('changes nothing by GET, and reads without a cookie what anybody may read', async () => {
    const get = (query: string) =>
      fetch(`${url()}?query=${encodeURIComponent(query)}`, { headers: { accept } });
    await expectRefused(await get('mutation { continueAsGuest { id } }'), 405);
    expect(await (await get('{ viewer { id } }')).text()).toContain('{"viewer":null}');
  });

  it('is not allowed to a page of another site', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const headers = {
        origin: 'https://elsewhere.example',
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type',
      };
      const answer = await fetch(url(), { method: 'OPTIONS', headers });
      const allowed = Array.from(answer.headers.keys()).filter((name) => name.startsWith('access-control-'));
      expect(allowed).toEqual([]);
      expect(answer.ok).toBe(false);
    }
  });

  it('keeps characters whole that its segments cut', async () => {
    const body = Buffer.from(JSON.stringify(rename(TITLE)));
    const socket = await connected(url());
    const answer = answerOn(socket);
    const headers = { accept, cookie: ada.cookie, 'content-length': `${body.length}` };
    socket.write(postHead(path, headers));
    // A byte a segment.
    for (const byte of body) await new Promise((sent) => socket.write(Uint8Array.of(byte), sent));
    expect(await answer).toContain(JSON.stringify(TITLE));
    expect(await title()).toBe(TITLE);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{ "query": '],
    ['a text', '"{ viewer { id } }"'],
    ['a number', '1'],
    ['null', 'null'],
    ['nothing but arrays', '['.repeat(MEGABYTE)],
    ['arrays in arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['no query', '{}'],
    ['a query that is no text', '{ "query": { "kind": "Document" } }'],
    ['a query that is a list', '{ "query": ["{ viewer { id } }"] }'],
    ['variables that are none', '{ "query": "{ viewer { id } }", "variables": "{}" }'],
    ['variables in a list', '{ "query": "{ viewer { id } }", "variables": [] }'],
    ['extensions that are none', '{ "query": "{ viewer { id } }", "extensions": 1 }'],
    ['an operation that is not there', '{ "query": "query A { viewer { id } }", "operationName": "B" }'],
    ['an operation without a name', '{ "query": "{ viewer { id } }", "operationName": { "toString": 1 } }'],
    ['a persisted query', '{ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "0" } } }'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x22, 0xc0, 0x80])],
    ['a prototype', '{ "__proto__": { "query": "{ viewer { id } }" } }'],
    ['a document of 100 001 characters', JSON.stringify({ query: '{ viewer { id } }'.padEnd(100_001) })],
  ])('is refused with a code where its body is %s', async (_what, body) => {
    const answer = await post(body);
    const text = await answer.text();
    // A document that was read and refused is told in the stream that was asked for, or with the status of JSON.
    expect(answer.status).toBeLessThan(500);
    expect(text).toContain('"code":"VALIDATION_FAILED"');
    expect(text).not.toContain('INTERNAL');
  });

  it('is one operation: a batch of two is refused', async () => {
    await expectRefused(await post(JSON.stringify([rename('One'), rename('Two')])), 400);
    await expectRefused(await post(JSON.stringify([])), 400);
    expect(await title()).toBe('Before');
  });

  it('is refused where its body is too large, with or without saying so', async () => {
    const body = JSON.stringify({ ...rename('After'), padding: 'x'.repeat(5 * MEGABYTE) });
    await expectRefused(await post(body), 413);
    await expectRefused(await post(new Blob([body]).stream()), 413);
    expect(await title()).toBe('Before');
  });

  it('is not unfolded where its body is compressed', async () => {
    const bomb = gzipSync(JSON.stringify({ ...rename('After'), padding: ' '.repeat(200 * MEGABYTE) }));
    await expectRefused(await post(bomb, { 'content-encoding': 'gzip' }), 415);
    await expectRefused(await post('{}', { 'content-encoding': 'br' }), 415);
    await expectRefused(await post('{}', { 'content-encoding': 'nonsense' }), 415);
    expect(await title()).toBe('Before');
  });

  it('leaves the server as it was when its body was hostile', async () => {
    const bodies = [
      JSON.stringify({ padding: 'x'.repeat(5 * MEGABYTE) }),
      JSON.stringify({ padding: 'x'.repeat(3 * MEGABYTE) }),
      '['.repeat(3 * MEGABYTE),
      `[${'{},'.repeat(MEGABYTE)}{}]`,
      `{${Array.from({ length: 100_000 }, (_, i) => `"${i}":0`).join()}}`,
    ];
    await expectUnharmed(rivulet.apis[0], async () => {
      for (const body of bodies) await (await post(body)).text();
    });
  });
});

describe('an answer of /graphql', () => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process');
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  const post = (query: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${rivulet.apis[0].url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, ...headers },
      body: JSON.stringify({ query }),
    });

  it.each([
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    [JSON_TYPE, JSON_TYPE],
    ['application/graphql-response+json', 'application/graphql-response+json'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
    ['text/html, application/json;q=0.1', JSON_TYPE],
  ])('is of the type that %s prefers, in UTF-8', async (accept, type) => {
    const answer = await post('{ __typename }', { accept });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  });

  it.each(['text/html', 'text/event-stream', 'image/*', 'application/json;q=0'])(
    'is not looked for where only %s would be taken',
    async (accept) => {
      const answer = await post('mutation { signOut }', { accept, cookie: ada.cookie });
      expect(answer.status).toBe(406);
      expect(await ada.data('{ viewer { isGuest } }')).toEqual({ viewer: { isGuest: true } });
    },
  );
});
