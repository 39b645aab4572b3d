import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

/** How long each step may take, in milliseconds. */
export interface RedisTimings {
  readonly commandTimeoutMs: number;
  /** A connection that owes an answer and is silent for so long is dropped and made anew. */
  readonly silenceTimeoutMs: number;
  /** How often a subscriber that only listens asks whether Redis is still there. */
  readonly heartbeatMs: number;
}

export const REDIS_TIMINGS: RedisTimings = {
  commandTimeoutMs: 5_000,
  silenceTimeoutMs: 8_000,
  heartbeatMs: 10_000,
};

/**
 * Reconnects for ever, quickly at first. With it, `maxRetriesPerRequest: 5` lets a command outlive a blip of about
 * 1.5 s, and when Redis stays away every command fails within `commandTimeoutMs`; none waits for ever, and the queue
 * of waiting commands is emptied rather than growing for as long as the outage lasts.
 */
const retryDelay = (failures: number) => Math.min(failures * 100, 1_000);

/** The two connections of this process, made on first use. Redis allows no commands on one that subscribes. */
export class RedisConnections implements OnApplicationShutdown {
  readonly #logger = new Logger(RedisConnections.name);
  #commands?: Redis;
  #subscriber?: Redis;
  #closing = false;

  constructor(
    private readonly url: string | undefined,
    readonly timings: RedisTimings = REDIS_TIMINGS,
  ) {}

  /**
   * For commands: those issued in one turn of the event loop travel together. Scripts do not wait for that, and keep their
   * order among each other alone; being in no pipeline, one that was cut off is sent again.
   */
  get commands(): Redis {
    return (this.#commands ??= this.#connect('commands', {
      enableAutoPipelining: true,
      autoPipeliningIgnoredCommands: ['evalsha', 'eval'],
    }));
  }

  /** For `RedisSubscriber` alone, which subscribes again by itself so that it can tell its listeners. */
  get subscriber(): Redis {
    return (this.#subscriber ??= this.#connect('subscriber', { autoResubscribe: false }));
  }

  /** After every other hook: workers write their last events until then. Does not wait for a Redis that is gone. */
  onApplicationShutdown(): void {
    this.#closing = true;
    for (const redis of [this.#commands, this.#subscriber]) {
      // Between two tries ioredis would drop the next one and leave the waiting commands without an answer. The next
      // try is at most a second away, and is the last.
      if (redis?.status !== 'reconnecting') redis?.disconnect();
    }
  }

  #connect(purpose: string, options: RedisOptions): Redis {
    if (this.url === undefined) throw new Error('there is no Redis: REDIS_URL is not set');
    const redis = new Redis(this.url, {
      connectionName: `rivulet-${purpose}`,
      connectTimeout: 3_000,
      disconnectTimeout: 500,
      commandTimeout: this.timings.commandTimeoutMs,
      socketTimeout: this.timings.silenceTimeoutMs,
      maxRetriesPerRequest: 5,
      retryStrategy: (failures) => (this.#closing ? null : retryDelay(failures)),
      ...options,
    });
    this.#logOutages(redis, purpose);
    return redis;
  }

  /** One line when an outage begins and one when it ends, however often the connection is tried in between. */
  #logOutages(redis: Redis, purpose: string): void {
    let away = false;
    const begin = (reason: string) => {
      if (!away) this.#logger.error(`Redis is away (${purpose}): ${reason}`);
      away = true;
    };
    redis.on('error', (error: Error) => begin(error.message || error.name));
    redis.on('reconnecting', () => begin('the connection was closed'));
    redis.on('ready', () => {
      if (this.#closing) redis.disconnect();
      if (away) this.#logger.log(`Redis is back (${purpose})`);
      away = false;
    });
  }
}
