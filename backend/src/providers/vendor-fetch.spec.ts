import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ReplyBody } from './reply-body.js';
import { vendorFetch } from './vendor-fetch.js';

const EVENT = 'data: hello\n\n';

describe(vendorFetch.name, () => {
  let server: Server;
  let connections: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    connections = 0;
    answer = (_request, response) => void response.end(EVENT);
    server = createServer((request, response) => answer(request, response));
    server.on('connection', () => (connections += 1)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (init: RequestInit = {}): Promise<Response> => {
    const { port } = server.address() as AddressInfo;
    return vendorFetch('vendor')(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}', ...init });
  };

  /** Reads a reply as an adapter does. */
  const read = async (response: Response): Promise<string> => {
    const body = new ReplyBody(response, { provider: 'vendor', maxReplyLength: 1_000 });
    let text = '';
    await body.read({ read: ({ data }) => void (text += data), ended: false });
    return text;
  };

  it('keeps the connection of a reply for the next request', async () => {
    expect(await read(await ask())).toBe('hello');
    expect(await read(await ask())).toBe('hello');
    expect(connections).toBe(1);
  });

  it('asks once where a kept connection is reset: the vendor may have worked', async () => {
    let asked = 0;
    answer = ({ socket }, response) => {
      asked += 1;
      if (asked === 1) response.end(EVENT);
      else socket.resetAndDestroy();
    };
    await read(await ask());
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect({ asked, connections }).toEqual({ asked: 2, connections: 1 });
  });

  it('keeps no connection that the vendor is about to close', async () => {
    answer = (_request, response) => void response.setHeader('keep-alive', 'timeout=1').end(EVENT);
    await read(await ask());
    await read(await ask());
    expect(connections).toBe(2);
  });

  it('frees the connection of an answer that has no body', async () => {
    answer = (_request, response) => void response.writeHead(304).end();
    let asked = 0;
    // It is free a moment after its answer; one that is not freed never is.
    for (; asked === connections && asked < 50; asked += 1) expect((await ask()).status).toBe(304);
    expect(connections).toBeLessThan(asked);
  });

  it('asks for no compression, and reads what is compressed all the same', async () => {
    answer = (request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(EVENT));
    };
    expect(await read(await ask())).toBe('hello');
  });

  it('follows no redirect, and hands a refusal over with its body', async () => {
    answer = (_request, response) => void response.writeHead(307, { location: '/elsewhere' }).end('go away');
    const response = await ask();
    expect(response.status).toBe(307);
    expect(await response.text()).toBe('go away');
  });

  it('breaks off when its signal aborts, with the reason that it was given', async () => {
    const asked = new Promise<IncomingMessage>((resolve) => {
      answer = (request) => resolve(request);
    });
    const abort = new AbortController();
    const response = ask({ signal: abort.signal });
    const { socket } = await asked;
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(response).rejects.toBe(reason);
    await once(socket, 'close');
  });

  it('does not begin where its signal has aborted before', async () => {
    const reason = new Error('too late');
    await expect(ask({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(connections).toBe(0);
  });
});
