import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { RedisLog, redisNames } from './redis-log.js';
import { RedisTokenStream } from './redis-token-stream.js';
import { done, drain, restart, take, textOf, token, until } from './testing/reading.js';
import { describeTokenStream } from './token-stream.contract.js';

Logger.overrideLogger(false);

/** A process's connections and its stream. */
function openProcess(url: string) {
  const connections = new RedisConnections(url);
  const subscriber = new RedisSubscriber(connections);
  const stream = new RedisTokenStream(connections, subscriber, 60);
  const close = () => {
    subscriber.onApplicationShutdown();
    connections.onApplicationShutdown();
  };
  return { connections, subscriber, stream, close };
}

async function subscribedChannels(redis: Redis): Promise<string[]> {
  return (await redis.pubsub('CHANNELS')) as string[];
}

describeTokenStream(RedisTokenStream.name, async () => {
  const server = await startRedisServer();
  const [writing, reading] = [openProcess(server.url), openProcess(server.url)];
  return {
    stream: writing.stream,
    elsewhere: reading.stream,
    held: async () =>
      reading.subscriber.channelCount + (await subscribedChannels(writing.connections.commands)).length,
    close: async () => {
      writing.close();
      reading.close();
      await server.stop();
    },
  };
});

describe(`${RedisTokenStream.name} on Redis`, () => {
  const never = new AbortController().signal;
  let server: RedisServer;
  let redis: Redis;
  let writing: ReturnType<typeof openProcess>;
  let reading: ReturnType<typeof openProcess>;

  beforeAll(async () => {
    server = await startRedisServer();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  beforeEach(async () => {
    await redis.flushall();
    writing = openProcess(server.url);
    reading = openProcess(server.url);
  });
  afterEach(() => {
    writing.close();
    reading.close();
  });

  describe('append', () => {
    it('makes the log live on from its last event', async () => {
      const { state, events } = redisNames('s');
      await writing.stream.begin('s', 1, [token('a')]);
      await Promise.all([redis.pexpire(state, 1_000), redis.pexpire(events, 1_000)]);
      await writing.stream.append('s', 1, [token('b')]);
      for (const key of [state, events]) {
        const ttl = await redis.pttl(key);
        expect(ttl).toBeGreaterThan(1_000);
        expect(ttl).toBeLessThanOrEqual(60_000);
      }
    });

    it('keeps nothing without an end', async () => {
      await writing.stream.begin('s', 1, []);
      await writing.stream.append('s', 1, [token('a'), done]);
      for (const key of await redis.keys('*')) expect(await redis.ttl(key)).toBeGreaterThan(0);
    });

    it('sends the appends of one turn of the event loop together', async () => {
      const { commands } = writing.connections;
      await Promise.all(['a', 'b', 'c'].map((id) => writing.stream.begin(id, 1, [])));
      const appends = ['a', 'b', 'c'].map((id) => writing.stream.append(id, 1, [token('x')]));
      expect(commands.autoPipelineQueueSize).toBe(3);
      await Promise.all(appends);
    });

    it('survives a Redis that has forgotten the scripts', async () => {
      await writing.stream.begin('s', 1, []);
      await writing.stream.append('s', 1, [token('a')]);
      await redis.script('FLUSH');
      expect(await writing.stream.append('s', 1, [token('b')])).toBe(2);
    });
  });

  describe('read', () => {
    it('loses and repeats nothing when its connection is cut again and again', async () => {
      await writing.stream.begin('s', 1, []);
      const events = drain(reading.stream.read('s', 0, never));
      let written = '';
      for (let i = 0; i < 200; i++) {
        const content = `${i} ü世👩‍👧;`;
        await writing.stream.append('s', 1, [token(content)]);
        written += content;
        if (i % 40 === 20) expect(await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBe(1);
        if (i % 40 === 30) await until(async () => (await subscribedChannels(redis)).length === 1);
      }
      await writing.stream.append('s', 1, [done]);
      expect(textOf(await events)).toBe(written);
    });

    it('finds what was published while nobody was subscribed', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = reading.stream.read('s', 0, never);
      await take(reader, 1);
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      // Nothing more is published after this, so only the list can tell.
      await writing.stream.append('s', 1, [token('b'), done]);
      expect(textOf(await drain(reader))).toBe('b');
    });

    it('fills a gap between two messages from the list', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = reading.stream.read('s', 0, never);
      await take(reader, 1);
      // What a message that never came looks like.
      await redis.rpush(redisNames('s').events, JSON.stringify(token('b')));
      await writing.stream.append('s', 1, [token('c'), done]);
      expect(textOf(await drain(reader))).toBe('bc');
    });

    it('reads the list once, however much follows', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = reading.stream.read('s', 0, never);
      await take(reader, 1);
      await redis.del(redisNames('s').events);
      await redis.rpush(redisNames('s').events, JSON.stringify(token('x')));
      await writing.stream.append('s', 1, [token('b')]);
      expect(await take(reader, 1)).toEqual([{ ...token('b'), sequence: 2 }]);
    });

    it('gives the readers of one process the same event object', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const readers = [reading.stream.read('s', 0, never), reading.stream.read('s', 0, never)] as const;
      await Promise.all(readers.map((reader) => take(reader, 1)));
      const next = readers.map((reader) => reader.next());
      await writing.stream.append('s', 1, [token('b')]);
      const [one, other] = await Promise.all(next);
      expect(one?.value).toBe(other?.value);
    });

    it('goes on with the next attempt after Redis came back empty', async () => {
      const events = drain(reading.stream.read('s', 0, never));
      await writing.stream.begin('s', 1, [token('lost')]);
      await until(() => reading.subscriber.channelCount === 1);
      await redis.flushall();
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await writing.stream.begin('s', 2, [restart, token('a'), done]);
      expect(textOf(await events)).toBe('a');
    });
  });
});

describe(RedisLog.name, () => {
  let server: RedisServer;
  let connections: RedisConnections;
  beforeAll(async () => {
    server = await startRedisServer();
    connections = new RedisConnections(server.url);
  });
  afterAll(async () => {
    connections.onApplicationShutdown();
    await server.stop();
  });

  /** A log whose commands carry the numbers that an earlier log's commands carried, as if they were sent again. */
  const sameWriter = () => new RedisLog(connections, 60, 'writer');

  it('does not run a command again that is sent again after a cut', async () => {
    const log = sameWriter();
    await log.begin('s', 1, []);
    await log.append('s', 1, [token('a')]);
    const again = sameWriter();
    await expect(again.begin('t', 1, [])).resolves.toBeUndefined();
    expect(await again.append('s', 1, [token('a')])).toBe(1);
    expect(await log.append('s', 1, [token('b')])).toBe(2);
  });

  it('lets an attempt begin that is sent again after a cut', async () => {
    await sameWriter().begin('u', 1, [token('a')]);
    await expect(sameWriter().begin('u', 1, [token('a')])).resolves.toBeUndefined();
    expect(await sameWriter().read('u', 0)).toEqual({ events: [{ ...token('a'), sequence: 1 }], last: 1 });
  });

  it('refuses a command that a later one of the same writer overtook', async () => {
    const log = sameWriter();
    await log.begin('v', 1, []);
    await log.append('v', 1, [token('a')]);
    await log.append('v', 1, [token('b')]);
    const late = sameWriter();
    await late.currentAttempt('v');
    await late.begin('w', 1, []);
    await expect(late.append('v', 1, [token('a')])).rejects.toThrow('overtaken');
  });
});
