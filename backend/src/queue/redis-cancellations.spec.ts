import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { describeCancellations } from './cancellations.contract.js';
import { RedisCancellations } from './redis-cancellations.js';

Logger.overrideLogger(false);

let server: RedisServer;
const opened: RedisConnections[] = [];
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(async () => {
  for (const connections of opened) connections.onApplicationShutdown();
  await server.stop();
});

function openProcess() {
  const connections = new RedisConnections(server.url);
  opened.push(connections);
  const cancellations = new RedisCancellations(connections, new RedisSubscriber(connections));
  return { connections, cancellations };
}

describeCancellations(RedisCancellations.name, () => [
  openProcess().cancellations,
  openProcess().cancellations,
]);

describe(`${RedisCancellations.name} on Redis`, () => {
  it('reach a listener whose connection was cut when they were published', async () => {
    const [here, there] = [openProcess(), openProcess()];
    const heard = new Promise<void>(
      (resolve) => void there.cancellations.listen((sessionId) => sessionId === 'missed' && resolve()),
    );
    await there.connections.subscriber.ping();
    await here.connections.commands.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    // Nobody is subscribed now, so nothing but the list of recent ones can tell.
    await here.cancellations.publish('missed');
    await heard;
  });

  it('are forgotten in time', async () => {
    const { connections, cancellations } = openProcess();
    await cancellations.publish('session');
    for (const key of await connections.commands.keys('rivulet:{cancellations}*')) {
      expect(await connections.commands.ttl(key)).toBeGreaterThan(0);
    }
  });

  it('reject when Redis is away', async () => {
    const gone = await startRedisServer();
    await gone.stop();
    const connections = new RedisConnections(gone.url);
    opened.push(connections);
    const cancellations = new RedisCancellations(connections, new RedisSubscriber(connections));
    await expect(cancellations.publish('session')).rejects.toThrow();
  }, 15_000);
});
