import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections, type RedisTimings } from './redis-connections.js';

const TIMINGS: RedisTimings = { commandTimeoutMs: 300, silenceTimeoutMs: 5_000, heartbeatMs: 5_000 };

describe(RedisConnections.name, () => {
  let server: RedisServer;
  let connections: RedisConnections;
  const log = { log: jest.fn(), error: jest.fn(), warn: jest.fn() };

  beforeEach(async () => {
    jest.clearAllMocks();
    Logger.overrideLogger(log);
    server = await startRedisServer();
    connections = new RedisConnections(server.url, TIMINGS);
  });
  afterEach(async () => {
    connections.onApplicationShutdown();
    await server.stop();
  });

  describe('commands', () => {
    it('says what is missing where there is no Redis', () => {
      expect(() => new RedisConnections(undefined).commands).toThrow('REDIS_URL');
    });

    it('fails a command when Redis cannot be reached', async () => {
      await server.stop();
      await expect(connections.commands.get('key')).rejects.toThrow();
    });

    it('fails a command that Redis does not answer', async () => {
      await connections.commands.ping();
      server.pause();
      await expect(connections.commands.get('key')).rejects.toThrow('timed out');
      server.resume();
    });

    it('works again when Redis is back, and logs one line for its going and one for its coming', async () => {
      await connections.commands.ping();
      await server.stop();
      await expect(connections.commands.get('key')).rejects.toThrow();
      await expect(connections.commands.get('key')).rejects.toThrow();
      const back = new Promise((resolve) => connections.commands.once('ready', resolve));
      server = await startRedisServer({ port: server.port });
      await back;
      expect(await connections.commands.ping()).toBe('PONG');
      expect(log.error).toHaveBeenCalledTimes(1);
      expect(log.log).toHaveBeenCalledTimes(1);
    });
  });

  describe('onApplicationShutdown', () => {
    it('connects nobody who was not connected', () => {
      connections.onApplicationShutdown();
      expect(log.error).not.toHaveBeenCalled();
    });

    it('ends the connections', async () => {
      const { commands, subscriber } = connections;
      await Promise.all([commands.ping(), subscriber.ping()]);
      const ended = Promise.all(
        [commands, subscriber].map((redis) => new Promise((resolve) => redis.once('end', resolve))),
      );
      connections.onApplicationShutdown();
      await ended;
    });

    it('answers the waiting commands when Redis is gone', async () => {
      const { subscriber } = connections;
      await subscriber.ping();
      await server.stop();
      await new Promise((resolve) => subscriber.once('reconnecting', resolve));
      const waiting = subscriber.ping();
      connections.onApplicationShutdown();
      await expect(waiting).rejects.toThrow('closed');
    });
  });
});
