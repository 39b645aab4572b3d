import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { leadKey, RedisSingleFlight } from './redis-single-flight.js';
import { describeSingleFlight } from './single-flight.contract.js';
import { LEAD_SECONDS } from './single-flight.js';

Logger.overrideLogger(false);

describeSingleFlight(RedisSingleFlight.name, async () => {
  const server = await startRedisServer();
  const connections = new RedisConnections(server.url);
  return {
    flight: new RedisSingleFlight(connections),
    outlive: async (key) => {
      const { commands } = connections;
      expect(await commands.pttl(leadKey(key))).toBeGreaterThan((LEAD_SECONDS - 5) * 1000);
      expect(await commands.pexpire(leadKey(key), 0)).toBe(1);
    },
    close: async () => {
      connections.onApplicationShutdown();
      await server.stop();
    },
  };
});

describe(RedisSingleFlight.name, () => {
  it('lets everybody lead while Redis is away', async () => {
    const server = await startRedisServer();
    const connections = new RedisConnections(server.url);
    const flight = new RedisSingleFlight(connections);
    await flight.lead('key', 'a');
    await server.stop();
    expect(await flight.lead('key', 'b')).toBe('b');
    await flight.release('key', 'a');
    connections.onApplicationShutdown();
  }, 30_000);
});
