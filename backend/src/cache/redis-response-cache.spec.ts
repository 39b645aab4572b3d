import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { redisKey, RedisResponseCache } from './redis-response-cache.js';
import { describeResponseCache } from './response-cache.contract.js';

const log = { log: jest.fn(), error: jest.fn(), warn: jest.fn() };
Logger.overrideLogger(log);

describeResponseCache(RedisResponseCache.name, async () => {
  const server = await startRedisServer();
  const connections = new RedisConnections(server.url);
  return {
    cache: new RedisResponseCache(connections, 60),
    outlive: async (key) => {
      expect(await connections.commands.pexpire(redisKey(key), 0)).toBe(1);
    },
    close: async () => {
      connections.onApplicationShutdown();
      await server.stop();
    },
  };
});

describe(`${RedisResponseCache.name} on Redis`, () => {
  let server: RedisServer;
  let connections: RedisConnections;
  let cache: RedisResponseCache;

  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    jest.clearAllMocks();
    connections = new RedisConnections(server.url);
    cache = new RedisResponseCache(connections, 3_600);
  });
  afterEach(() => connections.onApplicationShutdown());

  describe('set', () => {
    it('gives each entry its time', async () => {
      await cache.set('a', { content: 'x', reasoning: '' });
      const ttl = await connections.commands.pttl(redisKey('a'));
      expect(ttl).toBeGreaterThan(3_590_000);
      expect(ttl).toBeLessThanOrEqual(3_600_000);
    });
  });

  describe('get', () => {
    it.each([
      ['no JSON', 'secret{'],
      ['no object', 'null'],
      ['no reply', '{"content":"secret"}'],
      ['a reply with odd usage', '{"content":"secret","reasoning":"","inputTokens":"3"}'],
    ])('misses an entry that is %s, and does not log its text', async (_, entry) => {
      await connections.commands.set(redisKey('b'), entry);
      expect(await cache.get('b')).toBeUndefined();
      expect(log.warn).toHaveBeenCalledTimes(1);
      expect(JSON.stringify(log.warn.mock.calls)).not.toContain('secret');
    });

    it('misses an entry of another kind', async () => {
      await connections.commands.del(redisKey('c'));
      await connections.commands.rpush(redisKey('c'), 'x');
      expect(await cache.get('c')).toBeUndefined();
    });
  });

  describe('when Redis is away', () => {
    it('misses, and sets nothing', async () => {
      const gone = await startRedisServer();
      await gone.stop();
      const away = new RedisConnections(gone.url);
      const cache = new RedisResponseCache(away, 60);
      await expect(cache.set('a', { content: 'x', reasoning: '' })).resolves.toBeUndefined();
      await expect(cache.get('a')).resolves.toBeUndefined();
      expect(log.warn).toHaveBeenCalledTimes(2);
      away.onApplicationShutdown();
    }, 15_000);
  });
});
