import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisSubscriber } from '../redis/redis-subscriber.js';
import { describeAccountBell } from './account-bell.contract.js';
import { RedisAccountBell } from './redis-account-bell.js';
import { Ear } from './testing/ear.js';

Logger.overrideLogger(false);

let server: RedisServer;
let ends: (() => void)[];
beforeEach(async () => {
  server = await startRedisServer();
  ends = [];
});
afterEach(async () => {
  for (const end of ends) end();
  await server.stop();
});

function openProcess() {
  const connections = new RedisConnections(server.url);
  const subscriber = new RedisSubscriber(connections);
  const bell = new RedisAccountBell(connections, subscriber, 'changed');
  ends.push(() => {
    bell.onModuleDestroy();
    subscriber.onApplicationShutdown();
    connections.onApplicationShutdown();
  });
  return { connections, bell };
}

describeAccountBell(RedisAccountBell.name, async (ears) => {
  const [here, there] = [openProcess().bell, openProcess().bell];
  here.listen(ears[0]);
  there.listen(ears[1]);
  for (const ear of ears) await ear.hears('(missed)');
  return [here, there];
});

describe(`${RedisAccountBell.name} on Redis`, () => {
  it('tells the others together of all who ring in one moment', async () => {
    const [ear, { connections, bell }] = [new Ear(), openProcess()];
    openProcess().bell.listen(ear);
    await ear.hears('(missed)');
    for (const userId of ['ada', 'ada', 'bob']) bell.ring(userId);
    await ear.hears('bob');
    for (const userId of ['cid', 'dan']) bell.ring(userId);
    await ear.hears('dan');
    expect(await connections.commands.info('commandstats')).toContain('cmdstat_publish:calls=2,');
  });

  it('says that it may have missed something after a cut', async () => {
    const [ear, { connections, bell }] = [new Ear(), openProcess()];
    bell.listen(ear);
    await ear.hears('(missed)');
    await connections.commands.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await ear.hears('(missed)');
  });

  it('rings in its own process while Redis is away, and is heard elsewhere when it is back', async () => {
    await server.stop();
    const [here, there] = [openProcess().bell, openProcess().bell];
    const ears = [new Ear(), new Ear()] as const;
    here.listen(ears[0]);
    there.listen(ears[1]);
    here.ring('ada');
    expect(ears[0].heard).toEqual(['ada']);
    server = await startRedisServer({ port: server.port });
    for (const ear of ears) await ear.hears('(missed)');
    here.ring('ada');
    await ears[1].hears('ada');
  }, 30_000);
});
