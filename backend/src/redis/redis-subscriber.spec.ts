import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { type RedisServer, startRedisServer } from '../../test/support/redis-server.js';
import { RedisConnections } from './redis-connections.js';
import { type ChannelListener, RedisSubscriber } from './redis-subscriber.js';

Logger.overrideLogger(false);

/** Keeps what it hears and can be awaited. */
class Ear implements ChannelListener {
  readonly heard: string[] = [];
  #wake: () => void = () => undefined;

  message(text: string): void {
    this.heard.push(text);
    this.#wake();
  }

  resubscribed(): void {
    this.message('(resubscribed)');
  }

  async hears(count: number): Promise<string[]> {
    while (this.heard.length < count) await new Promise<void>((wake) => (this.#wake = wake));
    return this.heard;
  }
}

describe(RedisSubscriber.name, () => {
  let server: RedisServer;
  let redis: Redis;
  let connections: RedisConnections;
  let subscriber: RedisSubscriber;

  beforeEach(async () => {
    server = await startRedisServer();
    redis = new Redis(server.url);
    redis.on('error', () => undefined);
    connections = new RedisConnections(server.url, {
      commandTimeoutMs: 2_000,
      silenceTimeoutMs: 100,
      heartbeatMs: 20,
    });
    subscriber = new RedisSubscriber(connections);
  });
  afterEach(async () => {
    subscriber.onApplicationShutdown();
    connections.onApplicationShutdown();
    redis.disconnect();
    await server.stop();
  });

  const kill = () => redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  const channels = async () => ((await redis.pubsub('CHANNELS')) as string[]).sort();

  describe('listen', () => {
    it('hears everything that is published after the confirmation', async () => {
      const ear = new Ear();
      await subscriber.listen('news', ear).confirmed;
      await redis.publish('news', 'one');
      await redis.publish('other', 'not mine');
      await redis.publish('news', 'zwei ü');
      expect(await ear.hears(2)).toEqual(['one', 'zwei ü']);
    });

    it('subscribes for the first listener and unsubscribes after the last', async () => {
      const [one, other] = [subscriber.listen('news', new Ear()), subscriber.listen('news', new Ear())];
      const last = subscriber.listen('late', new Ear());
      await Promise.all([one.confirmed, other.confirmed, last.confirmed]);
      one.leave();
      one.leave();
      expect(subscriber.channelCount).toBe(2);
      other.leave();
      expect(subscriber.channelCount).toBe(1);
      // Answered after the unsubscription, for it goes over the same connection.
      await connections.subscriber.ping();
      expect(await channels()).toEqual(['late']);
    });

    it('may be left before it is confirmed', async () => {
      const subscription = subscriber.listen('news', new Ear());
      subscription.leave();
      await subscription.confirmed;
      await connections.subscriber.ping();
      expect(await channels()).toEqual([]);
    });

    it('hears again after leaving and coming back at once', async () => {
      subscriber.listen('news', new Ear()).leave();
      const ear = new Ear();
      await subscriber.listen('news', ear).confirmed;
      await redis.publish('news', 'one');
      expect(await ear.hears(1)).toEqual(['one']);
    });

    it('rejects when Redis is away, and tries anew for the next listener', async () => {
      await server.stop();
      await expect(subscriber.listen('news', new Ear()).confirmed).rejects.toThrow();
      expect(subscriber.channelCount).toBe(0);
      server = await startRedisServer({ port: server.port });
      const ear = new Ear();
      await subscriber.listen('news', ear).confirmed;
      await redis.publish('news', 'one');
      expect(await ear.hears(1)).toEqual(['one']);
    });
  });

  describe('when its connection is cut', () => {
    it('subscribes again and says so', async () => {
      const [ear, other] = [new Ear(), new Ear()];
      await Promise.all([
        subscriber.listen('news', ear).confirmed,
        subscriber.listen('other', other).confirmed,
      ]);
      await kill();
      expect(await ear.hears(1)).toEqual(['(resubscribed)']);
      expect(await other.hears(1)).toEqual(['(resubscribed)']);
      await redis.publish('news', 'one');
      expect(await ear.hears(2)).toEqual(['(resubscribed)', 'one']);
    });

    it('does so each time', async () => {
      const ear = new Ear();
      await subscriber.listen('news', ear).confirmed;
      for (let cuts = 1; cuts <= 3; cuts++) {
        await kill();
        expect(await ear.hears(cuts)).toHaveLength(cuts);
      }
    });

    it('takes up again what was listened to when Redis itself comes back', async () => {
      const ear = new Ear();
      await subscriber.listen('news', ear).confirmed;
      await server.stop();
      server = await startRedisServer({ port: server.port });
      expect(await ear.hears(1)).toEqual(['(resubscribed)']);
    });

    it('notices a connection that died without a word', async () => {
      const ear = new Ear();
      await subscriber.listen('news', ear).confirmed;
      const lost = new Promise((resolve) => connections.subscriber.once('close', resolve));
      server.pause();
      await lost;
      server.resume();
      expect(await ear.hears(1)).toEqual(['(resubscribed)']);
    });
  });
});
