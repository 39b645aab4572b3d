import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, within } from '../faults/waiting.js';
import { ApiClient, textOf, untilText } from '../support/api-client.js';
import { Gate } from '../support/gate.js';
import { startInstallation, type Installation } from '../support/installation.js';
import { COLLECTABLE, openHandles } from '../support/process-figures.js';
import { connected, postHead } from './support/raw-request.js';

const CLIENTS = 200;
/** All that the server waits for together takes half of it. */
const PATIENCE_MS = 150_000;
const EVENT_STREAM = 'text/event-stream';

/** A client that goes on as slowly as it can, until the server has had enough of it. */
async function crawl(socket: Socket, words: string): Promise<void> {
  const closed = once(socket.on('error', () => undefined).resume(), 'close');
  let sent = 0;
  const timer = setInterval(() => void socket.write(words.charAt(sent++ % words.length)), 500);
  await closed;
  clearInterval(timer);
}

/** Of /proc/net/tcp. */
const ESTABLISHED = '01';

/** In which state the server's system has the connection. */
async function serverSideOf({ localPort = 0, remotePort = 0 }: Socket): Promise<string | undefined> {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
  const line = new RegExp(`:${hex(remotePort)} \\w+:${hex(localPort)} (\\w\\w) `);
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8')));
  return line.exec(tables.join(''))?.[1];
}

describe('slow clients', () => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process', {
      env: { ...COLLECTABLE, IDLE_TIMEOUT_SECONDS: '600' },
    });
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  const url = () => rivulet.apis[0].url;

  it.each([
    ['say nothing', '', ''],
    ['never end a line', 'POST /gra', 'p'],
    ['never end their headers', 'POST /graphql HTTP/1.1\r\nhost: a\r\n', 'x-a: b\r\n'],
    ['never end their body', postHead('/graphql', { 'content-length': '100000' }), ' '],
    ['never end their pieces', postHead('/graphql', { 'transfer-encoding': 'chunked' }), '1\r\n \r\n'],
  ])('that %s are hung up on, and keep nobody waiting', async (_what, first, then) => {
    const handles = await openHandles(rivulet.apis[0].pid);
    const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => connected(url())));
    const ended = sockets.map((socket) => {
      if (first !== '') socket.write(first);
      return then === '' ? once(socket.on('error', () => undefined).resume(), 'close') : crawl(socket, then);
    });
    // Meanwhile the others are served.
    const session = await ada.start('While they crawl', 'openai/echo', { cache: 'BYPASS' });
    expect(textOf(await ada.allEvents(session.id))).toBe('You said: While they crawl');
    await within('all are hung up on', Promise.all(ended), PATIENCE_MS);
    await eventually(
      'no handle is left',
      async () => (await openHandles(rivulet.apis[0].pid)) <= handles + 12,
    );
  });

  it('that take none of a long answer are hung up on', async () => {
    const session = await ada.start('x'.repeat(400_000), 'openai/echo');
    await ada.allEvents(session.id);
    // More than the system holds for a client that does not read.
    const page = `chatHistory(chatId: "${session.chat.id}") { edges { node { content } } }`;
    const pages = Array.from({ length: 30 }, (_, index) => `a${index}: ${page}`);
    const body = JSON.stringify({ query: `{ ${pages.join(' ')} }` });
    const socket = await connected(url());
    socket.on('error', () => undefined).pause();
    const headers = { cookie: ada.cookie, 'content-length': `${body.length}`, connection: 'keep-alive' };
    socket.write(postHead('/graphql', headers) + body);
    await eventually(
      'it is hung up on',
      async () => (await serverSideOf(socket)) !== ESTABLISHED,
      PATIENCE_MS,
    );
    socket.destroy();
  });

  it('that only read are served for as long as it takes: a stream outlasts the time for a request', async () => {
    const gate = new Gate();
    rivulet.scenarios['gated'] = gate.scenario(['early '], ['late']);
    const session = await ada.start('At length', 'openai/gated', { cache: 'BYPASS' });
    const events = ada.events(session.id);
    await untilText(events, 'early ');
    const headers = { ...ada.headers, accept: EVENT_STREAM };
    const reserved = await fetch(`${url()}/graphql/stream`, { method: 'PUT', headers: ada.headers });
    const token = { 'x-graphql-event-stream-token': await reserved.text() };
    const stream = await fetch(`${url()}/graphql/stream`, { headers: { ...headers, ...token } });
    // Longer than a request may take, and than a connection may be without a word.
    const pings = (stream.body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader();
    let seen = '';
    while (seen.length < ':\n\n'.length * 7) seen += (await pings.read()).value ?? '';
    expect(seen).toMatch(/^(:\n\n)+$/);
    gate.open();
    expect(textOf(await Array.fromAsync(events))).toBe('late');
    await pings.cancel();
  });
});
