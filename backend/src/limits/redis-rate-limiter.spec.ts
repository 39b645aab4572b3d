import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { rateLimitKey } from './rate-limit-key.js';
import { describeRateLimiter, LIMITS } from './rate-limiter.contract.js';
import { RedisRateLimiter } from './redis-rate-limiter.js';

const log = { log: jest.fn(), error: jest.fn(), warn: jest.fn() };
Logger.overrideLogger(log);

/** A machine that is busy with other things makes no Redis slow in these tests. */
const PATIENT = { patienceMs: 30_000, retryMs: 1_000, now: () => 0 };

describeRateLimiter(RedisRateLimiter.name, async () => {
  const server = await startRedisServer();
  const connections = new RedisConnections(server.url);
  return {
    limiter: new RedisRateLimiter(connections, LIMITS, PATIENT),
    outlive: async (bucket, key) => {
      expect(await connections.commands.pexpire(rateLimitKey(bucket, key), 0)).toBe(1);
    },
    close: async () => {
      connections.onApplicationShutdown();
      await server.stop();
    },
  };
});

describe(`${RedisRateLimiter.name} on Redis`, () => {
  let server: RedisServer;
  let connections: RedisConnections;
  let now: number;

  beforeEach(async () => {
    jest.clearAllMocks();
    now = 0;
    server = await startRedisServer();
    connections = new RedisConnections(server.url);
  });
  afterEach(async () => {
    connections.onApplicationShutdown();
    await server.stop();
  });

  const limiterOf = (patienceMs: number) =>
    new RedisRateLimiter(connections, LIMITS, { patienceMs, retryMs: 1_000, now: () => now });
  const consumedInRedis = async () => await connections.commands.get(rateLimitKey('user', 'ada'));

  it('counts with every other process', async () => {
    const [here, there] = [limiterOf(30_000), limiterOf(30_000)];
    for (let i = 0; i < LIMITS.user.points; i++) await (i % 2 ? here : there).consume('user', 'ada');
    await expect(here.consume('user', 'ada')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(there.consume('user', 'ada')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('gives each counter its time, and names nobody', async () => {
    const limiter = limiterOf(30_000);
    await limiter.consume('address', '203.0.113.7');
    await limiter.consume('sign-in-account', 'ada@example.com');
    await limiter.giveBack('user', 'ada');
    const keys = await connections.commands.keys('*');
    expect(keys).toHaveLength(3);
    for (const key of keys) {
      expect(key).toMatch(/^rivulet:rate-limit:[a-z-]+:[\w-]{22}$/);
      expect(await connections.commands.pttl(key)).toBeGreaterThan(0);
    }
  });

  interface Trouble {
    readonly name: string;
    readonly begin: () => Promise<void> | void;
    readonly end: () => Promise<void> | void;
  }
  const AWAY: Trouble = {
    name: 'away',
    begin: () => server.stop(),
    end: async () => {
      server = await startRedisServer({ port: server.port });
    },
  };
  const SILENT: Trouble = {
    name: 'silent',
    begin: () => server.pause(),
    end: () => server.resume(),
  };

  describe.each([AWAY, SILENT])('while Redis is $name', ({ begin, end }) => {
    it('counts in this process, and in Redis again when it is back', async () => {
      const limiter = limiterOf(50);
      await connections.commands.ping();
      await begin();
      for (let i = 0; i < LIMITS.user.points; i++) await limiter.consume('user', 'ada');
      await expect(limiter.consume('user', 'ada')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
      await limiter.giveBack('user', 'ada');
      expect(log.warn).toHaveBeenCalledTimes(1);

      await end();
      await connections.commands.ping();
      const before = Number(await consumedInRedis());
      now += 1_000;
      // Redis is tried once a second; until it answers, the points of this process are used up.
      while (log.log.mock.calls.every(([text]) => text !== 'Redis counts again')) {
        await limiter.consume('user', 'ada').catch(() => undefined);
        now += 1_000;
      }
      expect(Number(await consumedInRedis())).toBeGreaterThan(before);
    }, 30_000);
  });

  it('has one request in a second try whether Redis is back', async () => {
    const limiter = limiterOf(50);
    const triedBy = async (name: string) => {
      await Promise.all(Array.from({ length: 20 }, (_, i) => limiter.consume('address', `${name} ${i}`)));
    };
    await connections.commands.ping();
    server.pause();
    await limiter.consume('address', 'ada');
    await triedBy('at once');
    now += 1_000;
    await triedBy('a second later');
    server.resume();
    // What was sent, and not waited for, is counted now: Ada's request, and one more.
    expect(await connections.commands.keys('*')).toHaveLength(2);
  });

  it('counts in this process what a full Redis refuses', async () => {
    await connections.commands.config('SET', 'maxmemory', '1');
    const limiter = limiterOf(30_000);
    await limiter.consume('user', 'ada', LIMITS.user.points);
    await expect(limiter.consume('user', 'ada')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(log.warn).toHaveBeenCalledTimes(1);
  });
});
