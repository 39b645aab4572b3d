import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, type Session } from './support/api-client.js';
import { Gate } from './support/gate.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';
import { COLLECTABLE, heldBytes } from './support/process-figures.js';

/** So many that what else a reply leaves in the process does not count. */
const READERS = 50;
const MEGABYTE = 1024 * 1024;
/** 5 MB of text as a quick model sends it, each piece to be told from every other. */
const PIECES = Array.from({ length: 5_120 }, (_, piece) => `${piece} `.padEnd(1024, 'läßt nichts aus. '));
const REPLY = PIECES.join('');

/** On the average of them all: what the process grows by while a reply of 5 MB is made and none of it is read. */
const MAX_BYTES_A_READER = MEGABYTE;

const ENV = { MAX_REPLY_LENGTH: '8000000', ...COLLECTABLE };

const TOKENS = `subscription ($id: ID!) { messageTokens(sessionId: $id) {
  __typename sequence ... on TokenEvent { content }
} }`;

interface Frame {
  readonly data: {
    readonly messageTokens: {
      readonly __typename: string;
      readonly sequence: number;
      readonly content?: string;
    };
  };
}

/** A client that asks for a stream, and reads nothing of it until it is told to. */
class StuckReader {
  private constructor(private readonly socket: Socket) {}

  static async of(api: ApiClient, session: Session): Promise<StuckReader> {
    const { hostname, port } = new URL(api.url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    socket.pause();
    const body = JSON.stringify({ query: TOKENS, variables: { id: session.id } });
    const head = [
      'POST /graphql/stream HTTP/1.0',
      'accept: text/event-stream',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `cookie: ${api.cookie}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    return new StuckReader(socket);
  }

  /** Reads on, to the end. HTTP/1.0 ends with the connection, so the body comes as it is. */
  async readAll(): Promise<Frame['data']['messageTokens'][]> {
    this.socket.setEncoding('utf8');
    let received = '';
    for await (const text of this.socket as AsyncIterable<string>) received += text;
    const frames = received.matchAll(/^event: next\ndata: (.*)$/gm);
    return Array.from(frames, ([, data = '']) => (JSON.parse(data) as Frame).data.messageTokens);
  }

  leave(): void {
    this.socket.destroy();
  }
}

describe.each(MODES)('readers that stop reading, with %s', (mode) => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation(mode, { env: ENV });
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  /** A reply of 5 MB, which goes on when the gate opens. */
  async function start(prompt: string): Promise<{ session: Session; gate: Gate }> {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(PIECES.slice(0, 1), PIECES.slice(1));
    const session = await ada.start(prompt, 'openai/gated', { cache: 'BYPASS' });
    await gate.reached;
    return { session, gate };
  }

  /** Resolves when the reply is saved; its own reader takes the end only. */
  async function ended(session: Session): Promise<void> {
    for await (const { __typename, message } of ada.events(session.id)) {
      if (__typename === 'DoneEvent') expect(message?.status).toBe('COMPLETE');
    }
  }

  it('cost next to nothing, slow nothing, and get every byte when they read on', async () => {
    // The process has had a reply of this size before, so that only the readers are measured.
    const before = await start('Warm up');
    before.gate.open();
    await ended(before.session);
    await ada.history(before.session.chat.id);
    const atRest = await heldBytes(rivulet.apis[0]);

    const { session, gate } = await start('Say much');
    const readers = await Promise.all(Array.from({ length: READERS }, () => StuckReader.of(ada, session)));
    gate.open();
    await ended(session);
    const grown = (await heldBytes(rivulet.apis[0])) - atRest;
    // Where the worker is in the same process, so is the log: the reply may be there as text and as events.
    expect(grown).toBeLessThan(READERS * MAX_BYTES_A_READER + 2 * REPLY.length);
    const saved = (await ada.history(session.chat.id)).at(-1);
    // Compared as a truth, because Jest would print both for minutes.
    expect([saved?.status, saved?.content === REPLY]).toEqual(['COMPLETE', true]);

    const [one, ...others] = readers;
    const events = (await one?.readAll()) ?? [];
    for (const other of others) other.leave();
    expect(events.map(({ content = '' }) => content).join('') === REPLY).toBe(true);
    expect(events.at(-1)?.__typename).toBe('DoneEvent');
    const sequences = events.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  });
});
