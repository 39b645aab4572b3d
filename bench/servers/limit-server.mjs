/** The limit's server: follows a channel, reads the list, writes server-sent events. Nothing else. */
import { createServer } from 'node:http';
import { Redis } from 'ioredis-6';
import { giver } from './limit-hand-over.mjs';

const redis = new Redis(process.env.REDIS_URL);
const subscriber = new Redis(process.env.REDIS_URL);
const give = giver(redis);
const DONE = JSON.stringify({ done: true });
/** Who follows a channel. */
const followers = new Map();

subscriber.on('message', (channel, text) => {
  for (const follow of followers.get(channel) ?? []) follow(text);
});

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const id = url.pathname.slice('/replies/'.length);
  if (request.method === 'GET') return read(id, Number(url.searchParams.get('after')), response);
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  await give({ id, prompt: JSON.parse(body).prompt });
  response.writeHead(202).end();
});

async function read(id, after, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.socket.setNoDelay(true);
  response.flushHeaders();
  let last = after;
  /** What came while the list was being read. */
  let held = [];
  const tell = (text) => {
    const space = text.indexOf(' ');
    const number = Number(text.slice(0, space));
    if (number <= last) return;
    last = number;
    const data = text.slice(space + 1);
    response.write(`id: ${number}\ndata: ${data}\n\n`);
    if (data === DONE) response.end();
  };
  const follow = (text) => (held ? held.push(text) : tell(text));
  const channel = `channel:${id}`;
  response.once('close', () => leave(channel, follow));
  // Subscribed before the list is read: what comes between the two is held.
  await enter(channel, follow);
  for (const text of await redis.lrange(`list:${id}`, after, -1)) tell(text);
  for (const text of held) tell(text);
  held = undefined;
}

async function enter(channel, follow) {
  const of = followers.get(channel) ?? new Set();
  followers.set(channel, of.add(follow));
  if (of.size === 1) await subscriber.subscribe(channel);
}

function leave(channel, follow) {
  const of = followers.get(channel);
  if (!of?.delete(follow) || of.size > 0) return;
  followers.delete(channel);
  void subscriber.unsubscribe(channel);
}

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
