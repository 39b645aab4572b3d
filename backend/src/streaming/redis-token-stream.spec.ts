import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { TcpProxy } from '../../test/faults/tcp-proxy.js';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { until } from '../../test/support/until.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { RedisLogReader } from './redis-log-reader.js';
import { RedisLogWriter } from './redis-log-writer.js';
import { decodeMessage, encodeEvent, Messages } from './redis-message.js';
import { logKeys, LOOK_CHANNEL, READERS_PREFIX, WRITER_PREFIX } from './redis-names.js';
import { RedisTokenStream, type RedisTokenStreamOptions } from './redis-token-stream.js';
import { done, drain, restart, take, textOf, token } from './testing/reading.js';
import { describeTokenStream } from './token-stream.contract.js';
import { ATTEMPT_SPAN, FencedError } from './token-stream.js';

Logger.overrideLogger(false);

/** So that no story comes to its end by looking at what is silent. */
const NEVER_SILENT: Partial<RedisTokenStreamOptions> = { silenceMs: 3_600_000 };

/** A process's connections and its stream. */
function openProcess(url: string, options: Partial<RedisTokenStreamOptions> = NEVER_SILENT) {
  const connections = new RedisConnections(url);
  const subscriber = new RedisSubscriber(connections);
  const stream = new RedisTokenStream(connections, subscriber, 60, options);
  const close = () => {
    subscriber.onApplicationShutdown();
    connections.onApplicationShutdown();
  };
  return { connections, subscriber, stream, close };
}

describeTokenStream(RedisTokenStream.name, async () => {
  const server = await startRedisServer();
  const [writing, reading] = [openProcess(server.url), openProcess(server.url)];
  return {
    stream: writing.stream,
    elsewhere: reading.stream,
    held: () =>
      [writing, reading].reduce((sum, { stream }) => sum + stream.followedCount + stream.toldCount, 0),
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
    writing = openProcess(server.url, { ...NEVER_SILENT, id: 'writer' });
    reading = openProcess(server.url, { ...NEVER_SILENT, id: 'reader' });
  });
  afterEach(() => {
    writing.close();
    reading.close();
  });

  describe('append', () => {
    it('makes the log live on for its TTL at least', async () => {
      let now = 0;
      const { stream, close } = openProcess(server.url, { now: () => now });
      const { state, openEvents } = logKeys('s');
      const events = openEvents(1);
      await stream.begin('s', 1, [token('a')]);
      await Promise.all([redis.pexpire(state, 1_000), redis.pexpire(events, 1_000)]);
      now += 60_000;
      await stream.append('s', 1, [token('b')]);
      for (const key of [state, events]) expect(await redis.pttl(key)).toBeGreaterThan(60_000);
      close();
    });

    it('keeps nothing without an end', async () => {
      for (const id of ['s', 't', 'u']) await writing.stream.begin(id, 1, [token('a')]);
      await writing.stream.append('s', 1, [done]);
      await reading.stream.append('t', 1, [token('b'), done]);
      await reading.stream.append('u', 1, [token('b')]);
      const keys = await redis.keys('*');
      expect(keys).toHaveLength(7);
      for (const key of keys) expect(await redis.ttl(key)).toBeGreaterThan(60);
    });

    it('appends a batch once that Redis ran and could not answer any more', async () => {
      const line = await TcpProxy.to(server.url);
      const cutOff = openProcess(line.url);
      const sessionIds = ['s', 't', 'u'];
      await Promise.all(sessionIds.map((id) => cutOff.stream.begin(id, 1, [])));
      await writing.stream.begin('t', 2, [restart]);
      line.lose(() => true);
      const appends = Promise.allSettled(sessionIds.map((id) => cutOff.stream.append(id, 1, [token('a')])));
      await until(async () => (await redis.llen(logKeys('u').openEvents(1))) === 2);
      line.lose(undefined);
      line.cut();
      expect(await appends).toEqual([
        { status: 'fulfilled', value: 1 },
        { status: 'rejected', reason: new FencedError('t', 1) },
        { status: 'fulfilled', value: 1 },
      ]);
      expect(await cutOff.stream.append('s', 1, [token('b')])).toBe(2);
      cutOff.close();
      await line.close();
    });

    it('does not give the numbers of events that Redis has lost to others, of which nobody hears', async () => {
      const sessionIds = ['s', 't', 'u'];
      await Promise.all(sessionIds.map((id) => writing.stream.begin(id, 1, [token('a')])));
      const reader = reading.stream.read('t', 0, never);
      await Promise.all(sessionIds.map((id) => writing.stream.append(id, 1, [token('b'), token('c')])));
      const before = await take(reader, 1);
      while (textOf(before) !== 'abc') before.push(...(await take(reader, 1)));
      await redis.rpop(logKeys('t').openEvents(1));
      const appends = sessionIds.flatMap((id) => [
        writing.stream.append(id, 1, [token('d')]),
        writing.stream.append(id, 1, [token('e'), done]),
      ]);
      const refused = { status: 'rejected', reason: new FencedError('t', 1) };
      expect(await Promise.allSettled(appends)).toEqual([
        ...[4, 6].map((value) => ({ status: 'fulfilled', value })),
        ...[refused, refused],
        ...[4, 6].map((value) => ({ status: 'fulfilled', value })),
      ]);
      await writing.stream.begin('t', 2, [restart]);
      await writing.stream.append('t', 2, [token('anew'), done]);
      expect((await drain(reader)).map(({ type }) => type)).toEqual(['restart', 'token', 'done']);
    });

    it('notices that Redis has lost the first events, or one too many is there', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      await redis.del(logKeys('s').openEvents(1));
      await expect(writing.stream.append('s', 1, [token('b')])).rejects.toThrow(FencedError);
      await writing.stream.begin('t', 2, [restart]);
      await writing.stream.append('t', 2, [token('a')]);
      await redis.rpush(logKeys('t').openEvents(2), JSON.stringify(token('b')));
      await expect(writing.stream.append('t', 2, [token('c')])).rejects.toThrow(FencedError);
    });

    it('takes the end from a process that did not begin the log, and asks no more of it', async () => {
      await writing.stream.begin('s', 1, [token('a'), token('b')]);
      await writing.stream.begin('s', 2, [restart]);
      await reading.stream.begin('s', 3, [restart, token('c')]);
      expect(await writing.stream.append('s', 3, [done])).toBe(2 * ATTEMPT_SPAN + 3);
    });

    it('refuses whoever is late, whoever ended the log or took it over', async () => {
      for (const id of ['s', 't', 'u']) await writing.stream.begin(id, 1, [token('a')]);
      await writing.stream.append('s', 1, [done]);
      await reading.stream.append('t', 1, [done]);
      await reading.stream.begin('u', 2, [restart]);
      for (const id of ['s', 't', 'u']) {
        await expect(writing.stream.append(id, 1, [token('b')])).rejects.toThrow(FencedError);
        await expect(reading.stream.append(id, 1, [token('b')])).rejects.toThrow(FencedError);
      }
      await reading.stream.append('u', 2, [done]);
      for (const id of ['s', 't', 'u']) expect(await reading.stream.hasEnded(id)).toBe(true);
      expect(await redis.keys(`${logKeys('').events}*:*`)).toEqual([]);
    });

    it('refuses an older attempt though Redis has lost whose the log was', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      await redis.del(logKeys('s').state);
      await reading.stream.begin('s', 3, [restart]);
      await expect(writing.stream.append('s', 1, [token('b')])).rejects.toThrow(FencedError);
    });

    it('takes a log that may be gone for the one that is there now', async () => {
      let now = 0;
      const { stream, close } = openProcess(server.url, { now: () => now });
      for (const id of ['s', 't']) await stream.begin(id, 1, [token('a')]);
      now += 61_000;
      // Redis has dropped one when its TTL was over, and it was begun anew.
      await redis.del([logKeys('s').state, logKeys('s').openEvents(1)]);
      await writing.stream.begin('s', 2, [restart]);
      await expect(stream.append('s', 1, [token('b')])).rejects.toThrow(FencedError);
      expect(await writing.stream.append('s', 2, [done])).toBe(ATTEMPT_SPAN + 2);
      expect(await stream.append('t', 1, [token('b')])).toBe(2);
      expect(await stream.append('t', 1, [token('c'), done])).toBe(4);
      close();
    });

    it('goes on where a batch failed that Redis had no room for', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      await redis.config('SET', 'maxmemory', '1');
      const appends = ['b', 'c'].map((letter) => writing.stream.append('s', 1, [token(letter)]));
      for (const { status } of await Promise.allSettled(appends)) expect(status).toBe('rejected');
      await redis.config('SET', 'maxmemory', '0');
      expect(await writing.stream.append('s', 1, [token('d')])).toBe(2);
    });

    it('tells each process that reads once for all sessions of a batch', async () => {
      const other = openProcess(server.url);
      const sessionIds = Array.from({ length: 10 }, (_, index) => `s${index}`);
      await Promise.all(sessionIds.map((id) => writing.stream.begin(id, 1, [token('a')])));
      const readers = [reading, other].flatMap(({ stream }) =>
        sessionIds.map((id) => stream.read(id, 0, never)),
      );
      await Promise.all(readers.map((reader) => take(reader, 1)));
      await redis.config('RESETSTAT');
      await Promise.all(sessionIds.map((id) => writing.stream.append(id, 1, [token('b'), done])));
      for (const reader of readers) expect(textOf(await drain(reader))).toBe('b');
      expect(await redis.info('commandstats')).toMatch(/cmdstat_publish:calls=2,/);
      other.close();
    });

    it('asks Redis nothing but to append', async () => {
      const sessionIds = Array.from({ length: 50 }, (_, index) => `s${index}`);
      await Promise.all(sessionIds.map((id) => writing.stream.begin(id, 1, [token('a')])));
      await redis.config('RESETSTAT');
      await Promise.all(sessionIds.map((id) => writing.stream.append(id, 1, [token('b')])));
      const calls = [...(await redis.info('commandstats')).matchAll(/cmdstat_(\w+):calls=(\d+)/g)];
      const counts: Record<string, number> = Object.fromEntries(
        calls.map(([, command = '', count]) => [command, Number(count)]),
      );
      expect(counts).toMatchObject({ rpushx: 50, get: 1, set: 1, evalsha: 1 });
      expect(Object.keys(counts)).toHaveLength(4);
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
        if (i % 40 === 20) expect(await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBe(2);
        if (i % 40 === 30) await until(async () => (await redis.pubsub('CHANNELS')).length === 3);
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
      const { openEvents } = logKeys('s');
      const elements = [token('b'), token('c'), done].map(encodeEvent);
      await redis.rpush(openEvents(1), ...elements);
      const messages = new Messages();
      messages.add('reader', 's', 3, elements.slice(1));
      for (const [id, text] of messages.texts()) await redis.publish(READERS_PREFIX + id, text);
      expect(textOf(await drain(reader))).toBe('bc');
    });

    it('reads the list once, however much follows', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = reading.stream.read('s', 0, never);
      await take(reader, 1);
      await redis.lset(logKeys('s').openEvents(1), 1, encodeEvent(token('x')));
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
      const reader = reading.stream.read('s', 0, never);
      await writing.stream.begin('s', 1, [token('lost')]);
      await take(reader, 1);
      await redis.flushall();
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await writing.stream.begin('s', 2, [restart, token('a'), done]);
      expect(textOf(await drain(reader))).toBe('a');
    });

    it('goes on with the next attempt after Redis was flushed, though no connection was cut', async () => {
      const [reader, waiting] = [reading.stream.read('s', 0, never), reading.stream.read('t', 0, never)];
      await writing.stream.begin('s', 1, [token('lost')]);
      expect(textOf(await take(reader, 1))).toBe('lost');
      await redis.flushall();
      await expect(writing.stream.append('s', 1, [token('b')])).rejects.toThrow(FencedError);
      await writing.stream.begin('s', 2, [restart]);
      await writing.stream.append('s', 2, [token('a'), done]);
      await writing.stream.begin('t', 1, [token('t'), done]);
      expect(textOf(await drain(reader))).toBe('a');
      expect(textOf(await drain(waiting))).toBe('t');
    });

    it('goes on with the process that begins the next attempt, and without the one before', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = reading.stream.read('s', 0, never);
      await take(reader, 1);
      const other = openProcess(server.url);
      await other.stream.begin('s', 2, [restart]);
      await expect(writing.stream.append('s', 1, [token('b')])).rejects.toThrow(FencedError);
      await other.stream.append('s', 2, [token('c')]);
      expect((await take(reader, 2)).map(({ type }) => type)).toEqual(['restart', 'token']);
      other.close();
      await writing.stream.begin('s', 3, [restart]);
      await writing.stream.append('s', 3, [token('e'), done]);
      expect((await drain(reader)).map(({ type }) => type)).toEqual(['restart', 'token', 'done']);
    });

    it('hears of a log that is begun while it looks for one', async () => {
      for (let round = 0; round < 50; round++) {
        const events = drain(reading.stream.read(`s${round}`, 0, never));
        if (round % 2 === 0) await nextTurn();
        await writing.stream.begin(`s${round}`, 1, [token('a')]);
        await writing.stream.append(`s${round}`, 1, [done]);
        expect(textOf(await events)).toBe('a');
      }
    });

    /** How often it was looked for a log: by who begins it as well. */
    async function looks(): Promise<number> {
      const [, calls] = /cmdstat_hmget:calls=(\d+)/.exec(await redis.info('commandstats')) ?? [];
      return Number(calls);
    }

    it('is known to whoever begins its log, and need not look again', async () => {
      await redis.config('RESETSTAT');
      const events = drain(reading.stream.read('s', 0, never));
      await until(async () => (await looks()) === 1);
      await writing.stream.begin('s', 1, []);
      await writing.stream.append('s', 1, [token('a')]);
      expect(writing.stream.toldCount).toBe(1);
      await writing.stream.append('s', 1, [done]);
      expect(textOf(await events)).toBe('a');
      expect(await looks()).toBe(2);
    });

    it('does not look again on hearing that a log has begun which it has read', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = reading.stream.read('s', 0, never);
      await take(reader, 1);
      await redis.config('RESETSTAT');
      await redis.publish(LOOK_CHANNEL, 's 1');
      await writing.stream.append('s', 1, [token('b')]);
      await take(reader, 1);
      expect(await redis.info('commandstats')).not.toContain('cmdstat_hmget');
      await redis.publish(LOOK_CHANNEL, 's 2');
      await until(async () => (await looks()) === 1);
    });

    it('is forgotten where it leaves before its log begins', async () => {
      await redis.config('RESETSTAT');
      const reader = reading.stream.read('s', 0, never);
      await until(async () => (await looks()) === 1);
      await reader.return?.();
      await until(async () => (await redis.keys('*')).length === 0);
      await writing.stream.begin('s', 1, []);
      expect(writing.stream.toldCount).toBe(0);
    });

    it('looks where who begins its log never heard that it waits', async () => {
      const line = await TcpProxy.to(server.url);
      const cutOff = openProcess(line.url);
      await cutOff.stream.begin('other', 1, []);
      await redis.config('RESETSTAT');
      const events = drain(reading.stream.read('s', 0, never));
      await until(async () => (await looks()) === 1);
      let answered = false;
      line.lose(() => (answered = true));
      const begun = cutOff.stream.begin('s', 1, []);
      await until(() => answered);
      line.lose(undefined);
      // Not the connection that hears who reads: its writer would ask.
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal');
      await begun;
      await cutOff.stream.append('s', 1, [token('a'), done]);
      expect(textOf(await events)).toBe('a');
      cutOff.close();
      await line.close();
    });

    it('waits for its log in a Redis that is full', async () => {
      await redis.config('RESETSTAT');
      await redis.config('SET', 'maxmemory', '1');
      const events = drain(reading.stream.read('s', 0, never));
      await until(async () => (await looks()) === 1);
      await redis.config('SET', 'maxmemory', '0');
      await writing.stream.begin('s', 1, []);
      await writing.stream.append('s', 1, [token('a'), done]);
      expect(textOf(await events)).toBe('a');
    });

    it('misses nothing that is appended while it comes', async () => {
      for (let round = 0; round < 50; round++) {
        const sessionId = `s${round}`;
        await writing.stream.begin(sessionId, 1, [token('a')]);
        const early = writing.stream.append(sessionId, 1, [token('b')]);
        const events = drain(reading.stream.read(sessionId, 0, never));
        if (round % 2 === 0) await nextTurn();
        await Promise.all([early, writing.stream.append(sessionId, 1, [token('c'), done])]);
        expect(textOf(await events)).toBe('abc');
      }
    });

    it('is sent back to the list where its writer hears late that it reads, be it after the end', async () => {
      for (const id of ['s', 't']) await writing.stream.begin(id, 1, [token('a')]);
      await writing.stream.append('s', 1, [token('b')]);
      await writing.stream.append('t', 1, [done]);
      const late = new Redis(server.url);
      const heard: string[] = [];
      late.on('message', (_channel, text: string) => heard.push(text));
      await late.subscribe(`${READERS_PREFIX}late`);
      for (const id of ['s', 't']) {
        await redis.publish(`${WRITER_PREFIX}writer`, JSON.stringify([['late', id, 1]]));
      }
      await until(() => heard.flatMap(decodeMessage).length === 2);
      late.disconnect();
      const gaps = heard.flatMap(decodeMessage).sort((a, b) => a.sessionId.localeCompare(b.sessionId));
      expect(gaps).toEqual(['s', 't'].map((sessionId) => ({ sessionId, first: 3, events: [] })));
    });

    it('is told though it came while its writer heard nothing', async () => {
      const line = await TcpProxy.to(server.url);
      const deaf = openProcess(line.url);
      for (const id of ['s', 't']) await deaf.stream.begin(id, 1, [token('a')]);
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      const readers = ['s', 't'].map((id) => reading.stream.read(id, 0, never));
      for (const reader of readers) await take(reader, 1);
      await until(() => deaf.stream.toldCount === 2);
      for (const id of ['s', 't']) await deaf.stream.append(id, 1, [token('b'), done]);
      for (const reader of readers) expect(textOf(await drain(reader))).toBe('b');
      deaf.close();
      await line.close();
    });

    it('stays when its process leaves and comes back, though Redis has forgotten the scripts', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const early = reading.stream.read('s', 0, never);
      await take(early, 1);
      await redis.script('FLUSH');
      await early.return?.();
      const late = reading.stream.read('s', 0, never);
      await take(late, 1);
      await writing.stream.append('s', 1, [token('b'), done]);
      expect(textOf(await drain(late))).toBe('b');
    });

    it('finds out by looking that nobody told it any more', async () => {
      const watchful = openProcess(server.url, { id: 'watchful', silenceMs: 10 });
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = watchful.stream.read('s', 0, never);
      await take(reader, 1);
      const next = reader.next();
      await until(() => writing.stream.toldCount === 1);
      await redis.publish(WRITER_PREFIX + 'writer', JSON.stringify([['watchful', 's']]));
      await until(() => writing.stream.toldCount === 0);
      await writing.stream.append('s', 1, [token('b')]);
      expect((await next).value).toEqual({ ...token('b'), sequence: 2 });
      await until(() => writing.stream.toldCount === 1);
      await writing.stream.append('s', 1, [done]);
      expect(await drain(reader)).toEqual([{ ...done, sequence: 3 }]);
      watchful.close();
    });

    it('reads a log of a Redis that is full, and what comes when it has room again', async () => {
      const watchful = openProcess(server.url, { silenceMs: 10 });
      await writing.stream.begin('s', 1, [token('a')]);
      await redis.config('SET', 'maxmemory', '1');
      const reader = watchful.stream.read('s', 0, never);
      expect(textOf(await take(reader, 1))).toBe('a');
      await expect(writing.stream.append('s', 1, [token('b')])).rejects.toThrow('OOM');
      await redis.config('SET', 'maxmemory', '0');
      await writing.stream.append('s', 1, [token('c'), done]);
      expect(textOf(await drain(reader))).toBe('c');
      watchful.close();
    });

    it('gets a very long token from the list, whose channel it would stop up', async () => {
      await writing.stream.begin('s', 1, [token('a')]);
      const reader = reading.stream.read('s', 0, never);
      await take(reader, 1);
      const spy = new Redis(server.url);
      const heard: string[] = [];
      spy.on('pmessage', (_pattern, _channel, text: string) => heard.push(text));
      await spy.psubscribe(`${READERS_PREFIX}*`);
      const long = 'x'.repeat(1_000_000);
      await writing.stream.append('s', 1, [token(long)]);
      await writing.stream.append('s', 1, [done]);
      expect(textOf(await drain(reader))).toBe(long);
      await until(() => heard.length === 2);
      expect(heard.join().length).toBeLessThan(200);
      spy.disconnect();
    });

    it('catches up with many sessions after a cut, all together', async () => {
      const sessionIds = Array.from({ length: 300 }, (_, index) => `s${index}`);
      await Promise.all(sessionIds.map((id) => writing.stream.begin(id, 1, [token('a')])));
      const readers = sessionIds.map((id) => reading.stream.read(id, 0, never));
      await Promise.all(readers.map((reader) => take(reader, 1)));
      await redis.config('RESETSTAT');
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await Promise.all(sessionIds.map((id) => writing.stream.append(id, 1, [token('b')])));
      for (const reader of readers) expect(textOf(await take(reader, 1))).toBe('b');
      const [, calls] = /cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats')) ?? [];
      expect(Number(calls)).toBeLessThan(20);
      await Promise.all(sessionIds.map((id) => writing.stream.append(id, 1, [done])));
      for (const reader of readers) expect(await drain(reader)).toEqual([{ ...done, sequence: 3 }]);
    });
  });
});

describe(RedisLogWriter.name, () => {
  let server: RedisServer;
  let connections: RedisConnections;
  let subscriber: RedisSubscriber;
  beforeAll(async () => {
    server = await startRedisServer();
    connections = new RedisConnections(server.url);
    subscriber = new RedisSubscriber(connections);
  });
  afterAll(async () => {
    subscriber.onApplicationShutdown();
    connections.onApplicationShutdown();
    await server.stop();
  });

  /** A writer whose commands carry the numbers that an earlier one's carried, as if they were sent again. */
  const sameWriter = (id: string) => new RedisLogWriter(connections, subscriber, 60, id, 0, () => 0);
  const log = (sessionId: string) => new RedisLogReader(connections, 'reader').join(sessionId, 0);

  it('does not run a batch again that is sent again', async () => {
    const writer = sameWriter('a');
    await writer.begin('s', 1, []);
    await writer.append('s', 1, [token('a')]);
    const again = sameWriter('a');
    await again.begin('s', 1, []);
    expect(await again.append('s', 1, [token('a')])).toBe(1);
    expect(await writer.append('s', 1, [token('b')])).toBe(2);
  });

  it('lets an attempt begin that is sent again', async () => {
    await sameWriter('b').begin('u', 1, [token('a')]);
    await expect(sameWriter('b').begin('u', 1, [token('a')])).resolves.toBeUndefined();
    expect(await log('u')).toEqual({ events: [{ ...token('a'), sequence: 1 }], last: 1 });
  });

  it('appends once to the log of another process what is sent again', async () => {
    await sameWriter('d').begin('w', 1, []);
    for (let time = 0; time < 2; time++) {
      expect(await sameWriter('e').append('w', 1, [token('a'), done])).toBe(2);
    }
    expect((await log('w')).last).toBe(2);
  });

  it('refuses a batch that a later one of the same writer overtook', async () => {
    const writer = sameWriter('c');
    await writer.begin('v', 1, []);
    await writer.append('v', 1, [token('a')]);
    await writer.append('v', 1, [token('b')]);
    const late = sameWriter('c');
    await late.begin('v', 1, []);
    await expect(late.append('v', 1, [token('a')])).rejects.toThrow('overtaken');
    expect((await log('v')).last).toBe(2);
  });
});
