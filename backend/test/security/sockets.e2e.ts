import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/waiting.js';
import { ApiClient, textOf, untilText, type Session } from '../support/api-client.js';
import { Gate } from '../support/gate.js';
import { startInstallation, type Installation } from '../support/installation.js';
import { COLLECTABLE, metric } from '../support/process-figures.js';
import { answerOn, connected, postHead } from './support/raw-request.js';
import { expectUnharmed } from './support/unharmed.js';

const CONNECTIONS = 1_000;
const EVENT_STREAM = 'text/event-stream';
const TOKENS = 'subscription ($id: ID!) { messageTokens(sessionId: $id) { ... on TokenEvent { content } } }';

const ASKED = '{"query":"{ __typename }"}';

/** What a connection that leaves at once may have said before. */
const FIRST_WORDS: Readonly<Record<string, string | Buffer>> = {
  nothing: '',
  'half a line': 'POST /graphql HT',
  'half a head': 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: app',
  'half a body': `${postHead('/graphql', { 'content-length': '1000' })}{"query":"`,
  'a request for a stream': `${postHead('/graphql/stream', { accept: EVENT_STREAM, 'content-length': `${ASKED.length}` })}${ASKED}`,
  'no HTTP': Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 37) % 256)),
  'a TLS handshake': Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]),
};

describe('connections', () => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process', { env: COLLECTABLE });
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  const url = () => rivulet.apis[0].url;
  /** All of them at once, and gone at once. */
  const comeAndGo = async (words: string | Buffer, leave: (socket: Socket) => void): Promise<void> => {
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        const socket = await connected(url());
        // Who is hung up on has been answered.
        socket.on('error', () => undefined).resume();
        const closed = once(socket, 'close');
        if (words.length > 0) socket.write(words);
        leave(socket);
        await closed;
      }),
    );
  };

  it.each(Object.entries(FIRST_WORDS))(
    'that come by the thousand, say %s and hang up leave nothing behind',
    async (_what, words) => {
      await expectUnharmed(rivulet.apis[0], () => comeAndGo(words, (socket) => socket.destroy()));
      await expectUnharmed(rivulet.apis[0], () => comeAndGo(words, (socket) => socket.resetAndDestroy()));
    },
  );

  // Too long, and yet read at once: who closes with something unread resets, and the answer may get lost on the way.
  it.each([
    ['a head without end', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(24_000)}`, 431],
    ['heads without end', `GET / HTTP/1.1\r\nhost: a\r\n${'x: y\r\n'.repeat(4_000)}`, 431],
    ['a path without end', `GET /${'x'.repeat(24_000)}`, 431],
    ['no method', 'STEAL / HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['no host', 'GET /health HTTP/1.1\r\n\r\n', 400],
    ['two lengths', `${postHead('/graphql', { 'content-length': '2\r\ncontent-length: 3' })}{}`, 400],
    [
      'a length and pieces',
      `${postHead('/graphql', { 'content-length': '5', 'transfer-encoding': 'chunked' })}0\r\n\r\n`,
      400,
    ],
    ['pieces of no size', `${postHead('/graphql', { 'transfer-encoding': 'chunked' })}zz\r\n{}\r\n`, 400],
    ['a line in a header', `GET / HTTP/1.1\r\nhost: a\r\nx: a\nb\r\n\r\n`, 400],
  ])('that send %s are refused and closed', async (_what, words, status) => {
    const socket = await connected(url());
    socket.on('error', () => undefined);
    const answer = answerOn(socket);
    socket.write(words);
    expect(await answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await fetch(`${url()}/health`)).status).toBe(200);
  });

  it('that come by the thousand while the process is busy wait for it, and are answered', async () => {
    const { pid } = rivulet.apis[0];
    process.kill(pid, 'SIGSTOP');
    let sockets: Socket[];
    try {
      sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => connected(url())));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    const answers = sockets.map((socket) => {
      const answer = answerOn(socket);
      socket.write('GET /health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
      return answer;
    });
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });

  it('are kept between two requests for longer than load balancers keep theirs', async () => {
    const answer = await fetch(`${url()}/health`);
    const [, seconds] = /^timeout=(\d+)$/.exec(answer.headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(60);
  });

  describe('in the middle of a stream', () => {
    let session: Session;
    let gate: Gate;

    beforeEach(async () => {
      gate = new Gate();
      rivulet.scenarios['gated'] = gate.scenario(['early '], ['late']);
      session = await ada.start('Slowly', 'openai/gated', { cache: 'BYPASS' });
      await gate.reached;
    });

    /** A reader on a socket of its own that has been told the beginning. */
    const reader = async (): Promise<Socket> => {
      const socket = await connected(url());
      const body = JSON.stringify({ query: TOKENS, variables: { id: session.id } });
      const headers = { accept: EVENT_STREAM, cookie: ada.cookie, 'content-length': `${body.length}` };
      socket.on('error', () => undefined).write(postHead('/graphql/stream', headers) + body);
      let seen = '';
      while (!seen.includes('early ')) seen += String((await once(socket, 'data'))[0]);
      return socket;
    };
    const openStreams = () => metric(url(), 'rivulet_open_streams');

    it.each<[string, (socket: Socket) => void]>([
      ['close one direction', (socket) => socket.end()],
      ['hang up', (socket) => socket.destroy()],
      ['are reset', (socket) => socket.resetAndDestroy()],
    ])('that %s end it, and the others read on', async (_what, leave) => {
      const other = ada.events(session.id);
      await untilText(other, 'early ');
      const sockets = await Promise.all(Array.from({ length: 50 }, reader));
      expect(await openStreams()).toBe(51);
      for (const socket of sockets) leave(socket.resume());
      await eventually('their streams have ended', async () => (await openStreams()) === 1);
      gate.open();
      const rest = await Array.fromAsync(other);
      expect(textOf(rest)).toBe('late');
    });

    it('leave nothing behind', async () => {
      await expectUnharmed(rivulet.apis[0], async () => {
        const sockets = await Promise.all(Array.from({ length: 200 }, reader));
        for (const socket of sockets) socket.resetAndDestroy();
        await eventually('their streams have ended', async () => (await openStreams()) === 0);
      });
      gate.open();
      await ada.allEvents(session.id);
    });
  });
});

describe('streams that are open at once', () => {
  let rivulet: Installation;
  let session: Session;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process', {
      env: { STREAMS_PER_USER: '2', STREAMS_PER_ADDRESS: '3' },
    });
    ada = await ApiClient.guest(rivulet.apis[0].url);
    rivulet.scenarios['gated'] = new Gate().scenario(['early '], ['late']);
    session = await ada.start('Slowly', 'openai/gated');
  });
  afterAll(() => rivulet.stop());

  const open = (api: ApiClient, address: string): Promise<Response> =>
    fetch(`${api.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...api.headers,
        ...{ accept: EVENT_STREAM, 'x-forwarded-for': address },
      },
      body: JSON.stringify({ query: TOKENS, variables: { id: session.id } }),
    });
  const expectTooMany = async (answer: Response): Promise<void> => {
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }],
    });
  };

  it('are so many for a user and so many for an address, and a place is free when one has ended', async () => {
    const [home, office] = ['192.0.2.1', '192.0.2.2'];
    const streams = [await open(ada, home), await open(ada, office)];
    for (const stream of streams) expect(stream.status).toBe(200);
    // Wherever she is.
    await expectTooMany(await open(ada, home));
    await expectTooMany(await open(ada, '2001:db8::1'));

    // Others have their own, as long as their address has.
    const bob = await ApiClient.guest(ada.url);
    const carl = await ApiClient.guest(ada.url);
    expect((await reservedBy(bob, home)).status).toBe(200);
    expect((await reservedBy(bob, home)).status).toBe(200);
    await expectTooMany(await reservedBy(carl, home));
    expect((await reservedBy(carl, office)).status).toBe(200);

    await streams[0]?.body?.cancel();
    await eventually('a place is free', async () => {
      const answer = await open(ada, home);
      await answer.body?.cancel();
      return answer.status === 200;
    });
  });

  /** Both modes count. */
  async function reservedBy(api: ApiClient, address: string): Promise<Response> {
    const headers = { ...api.headers, 'x-forwarded-for': address };
    const reserved = await fetch(`${api.url}/graphql/stream`, { method: 'PUT', headers });
    const token = { 'x-graphql-event-stream-token': await reserved.text() };
    return fetch(`${api.url}/graphql/stream`, { headers: { ...headers, ...token, accept: EVENT_STREAM } });
  }
});
