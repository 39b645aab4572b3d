import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection without an HTTP client on it. */
export async function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** The head of a POST of JSON; the connection is closed after the answer. */
export function postHead(path: string, headers: Readonly<Record<string, string>>): string {
  const all = {
    host: '127.0.0.1',
    connection: 'close',
    accept: 'application/json',
    'content-type': 'application/json',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** All that the server says until it closes the connection. */
export async function answerOn(socket: Socket): Promise<string> {
  let text = '';
  for await (const piece of socket.setEncoding('utf8') as AsyncIterable<string>) text += piece;
  return text;
}
