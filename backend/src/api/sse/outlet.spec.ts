import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import { Outlet } from './outlet.js';

const PARTS = ['one', 'naïve 🙂', 'x'.repeat(100_000)];
const INIT = {
  status: 200,
  statusText: 'OK',
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
};

describe(Outlet.name, () => {
  let server: Server;
  let port: number;

  beforeEach(async () => {
    server = createServer((_req, res) => {
      const outlet = new Outlet(res as Response);
      outlet.open(INIT);
      for (const part of PARTS) outlet.write(part);
      outlet.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => void server.close());

  async function answered(agent: Agent): Promise<IncomingMessage & { readonly body: string }> {
    const [response] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [IncomingMessage];
    const body = (await Array.fromAsync(response.setEncoding('utf8') as AsyncIterable<string>)).join('');
    return Object.assign(response, { body });
  }

  it('writes what HTTP/1.1 reads to its end, and leaves the connection to the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const [first, second] = [await answered(agent), await answered(agent)];
    agent.destroy();
    for (const { body, complete, headers } of [first, second]) {
      expect(body).toBe(PARTS.join(''));
      expect(complete).toBe(true);
      expect(headers['transfer-encoding']).toBe('chunked');
    }
    expect(second.socket).toBe(first.socket);
  });

  it('writes the parts alone to HTTP/1.0, which knows no chunks', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.0\r\n\r\n');
    const answer = (await Array.fromAsync(socket.setEncoding('utf8') as AsyncIterable<string>)).join('');
    expect(answer.split('\r\n\r\n')[1]).toBe(PARTS.join(''));
  });

  it('keeps its place behind an earlier response on the same connection', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
    const answers = (await Array.fromAsync(socket.setEncoding('utf8') as AsyncIterable<string>)).join('');
    expect(answers.match(/HTTP\/1\.1 200 OK|\r\none\r\n|\r\n0\r\n/g)).toEqual([
      'HTTP/1.1 200 OK',
      '\r\none\r\n',
      '\r\n0\r\n',
      'HTTP/1.1 200 OK',
      '\r\none\r\n',
      '\r\n0\r\n',
    ]);
  });
});
