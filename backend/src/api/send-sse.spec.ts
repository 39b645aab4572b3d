import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import { sendSse } from './send-sse.js';
import { Outlet } from './sse/outlet.js';

const FRAME = `event: next\ndata: ${'x'.repeat(100_000)}\n\n`;

describe(sendSse.name, () => {
  let server: Server;
  let socket: Socket;

  /** Answers one request with so many frames; the client does not read yet. */
  async function serve(frames: number, stuckAfterMs: number) {
    const stream = { made: 0, closed: Promise.withResolvers<void>() };
    server = createServer((_req, res) => {
      res.once('close', stream.closed.resolve);
      const body = (async function* () {
        for (; stream.made < frames; stream.made++) yield await Promise.resolve(FRAME);
      })();
      void sendSse(new Outlet(res as Response), [body, { status: 200, statusText: 'OK' }], stuckAfterMs);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n');
    return stream;
  }

  afterEach(() => {
    socket.destroy();
    server.close();
  });

  it('closes the stream of a client that takes nothing for its time', async () => {
    const stream = await serve(Infinity, 200);
    await stream.closed.promise;
    // What the kernel holds for the client, and little more.
    expect(stream.made * FRAME.length).toBeLessThan(32 * 1024 * 1024);
  });

  it('makes frames as they are taken, and gives each of them', async () => {
    const stream = await serve(1_000, 60_000);
    let received = 0;
    for await (const bytes of socket as AsyncIterable<Buffer>) received += bytes.length;
    expect(stream.made).toBe(1_000);
    expect(received).toBeGreaterThan(1_000 * FRAME.length);
  });

  it('lets the source of a client go that left before it was answered', async () => {
    const left = Promise.withResolvers<boolean>();
    server = createServer((_req, res) => {
      let returned = false;
      const body = (async function* () {
        yield await Promise.resolve(FRAME);
      })();
      body.return = () => {
        returned = true;
        return Promise.resolve({ done: true, value: undefined });
      };
      res.once('close', () => {
        void sendSse(new Outlet(res as Response), [body, { status: 200, statusText: 'OK' }]).then(() =>
          left.resolve(returned),
        );
      });
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    expect(await left.promise).toBe(true);
  });
});
