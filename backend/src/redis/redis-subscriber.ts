import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { RedisConnections } from './redis-connections.js';

/** One who listens to a channel. */
export interface ChannelListener {
  message(text: string): void;
  /** The connection was lost and is back. What was published in between is lost: look where it is kept. */
  resubscribed(): void;
}

export interface ChannelSubscription {
  /** Settles when Redis has confirmed: whatever is published from then on arrives. Rejects when Redis is away. */
  readonly confirmed: Promise<void>;
  /** Ends the listening at once; a second call changes nothing. */
  leave(): void;
}

interface Channel {
  readonly listeners: Set<ChannelListener>;
  readonly confirmed: Promise<void>;
}

/**
 * All channels that this process listens to, over one connection. The first listener of a channel subscribes, the
 * last one unsubscribes.
 */
export class RedisSubscriber implements OnApplicationShutdown {
  readonly #logger = new Logger(RedisSubscriber.name);
  readonly #channels = new Map<string, Channel>();
  #redis?: Redis;
  #heartbeat?: NodeJS.Timeout;

  constructor(private readonly connections: RedisConnections) {}

  /** How many channels are subscribed. */
  get channelCount(): number {
    return this.#channels.size;
  }

  listen(name: string, listener: ChannelListener): ChannelSubscription {
    const channel = this.#channels.get(name) ?? this.#open(name);
    channel.listeners.add(listener);
    return {
      confirmed: channel.confirmed,
      leave: () => {
        if (channel.listeners.delete(listener) && channel.listeners.size === 0) this.#close(name, channel);
      },
    };
  }

  onApplicationShutdown(): void {
    clearInterval(this.#heartbeat);
  }

  #open(name: string): Channel {
    const redis = (this.#redis ??= this.#connect());
    const confirmed = redis.subscribe(name).then(() => undefined);
    const channel: Channel = { listeners: new Set(), confirmed };
    // A channel that could not be subscribed is forgotten, so that the next listener tries anew.
    confirmed.catch(() => this.#close(name, channel));
    this.#channels.set(name, channel);
    this.#heartbeat ??= setInterval(() => this.#beat(redis), this.connections.timings.heartbeatMs).unref();
    return channel;
  }

  #close(name: string, channel: Channel): void {
    // Somebody may have opened the channel again since.
    if (this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    if (this.#channels.size === 0) {
      clearInterval(this.#heartbeat);
      this.#heartbeat = undefined;
    }
    this.#redis
      ?.unsubscribe(name)
      .catch((error: unknown) => this.#logger.debug(`${name} ended with its connection: ${String(error)}`));
  }

  #connect(): Redis {
    const redis = this.connections.subscriber;
    redis.on('message', (name: string, text: string) => {
      for (const listener of this.#channels.get(name)?.listeners ?? []) listener.message(text);
    });
    // The first connection has nothing to take up again: what was asked for before it stands in ioredis's queue.
    redis.once('ready', () => redis.on('ready', () => void this.#resubscribe(redis)));
    return redis;
  }

  async #resubscribe(redis: Redis): Promise<void> {
    const names = [...this.#channels.keys()];
    if (names.length === 0) return;
    try {
      await redis.subscribe(...names);
    } catch (error) {
      // Cut again: the next connection begins here anew.
      this.#logger.warn(`could not subscribe again: ${String(error)}`);
      return;
    }
    for (const name of names) {
      for (const listener of this.#channels.get(name)?.listeners ?? []) listener.resubscribed();
    }
  }

  /** A connection that died without a word looks like one on which nothing happens; a question tells them apart. */
  #beat(redis: Redis): void {
    if (redis.status !== 'ready') return;
    redis.ping().catch((error: unknown) => this.#logger.debug(`no heartbeat from Redis: ${String(error)}`));
  }
}
