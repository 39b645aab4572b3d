import { randomUUID } from 'node:crypto';
import type { RedisConnections } from '../redis/redis-connections.js';
import type { RedisSubscriber } from '../redis/redis-subscriber.js';
import type { MessageEvent, NewMessageEvent } from './message-event.js';
import { RedisFollower } from './redis-follower.js';
import { RedisLog, redisNames } from './redis-log.js';
import { decodeMessage } from './redis-message.js';
import { TokenStream } from './token-stream.js';

/**
 * The token stream of any number of processes. Redis keeps a list of each session's events and publishes them as they
 * come. The channel is the bell, the list is the truth: pub/sub keeps nothing for a connection that was cut.
 *
 * When Redis is away, writes and new readings reject within seconds; readers that follow wait until it is back.
 */
export class RedisTokenStream extends TokenStream {
  readonly #log: RedisLog;
  #decoded?: { readonly message: string; readonly events: MessageEvent[] };

  /** @param ttlSeconds how long a log stays after it was last written to. */
  constructor(
    connections: RedisConnections,
    private readonly subscriber: RedisSubscriber,
    ttlSeconds: number,
    writerId: string = randomUUID(),
  ) {
    super();
    this.#log = new RedisLog(connections, ttlSeconds, writerId);
  }

  override begin(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<void> {
    return this.#log.begin(sessionId, attempt, events);
  }

  /** Appends of one session are to be made one after the other; those of many travel together. */
  override append(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<number> {
    return this.#log.append(sessionId, attempt, events);
  }

  override read(sessionId: string, after: number, signal: AbortSignal): AsyncIterableIterator<MessageEvent> {
    const log = {
      channel: redisNames(sessionId).channel,
      read: (from: number) => this.#log.read(sessionId, from),
      decode: (message: string) => this.#decode(message),
    };
    return new RedisFollower(log, this.subscriber, after, signal).inbox;
  }

  override currentAttempt(sessionId: string): Promise<number> {
    return this.#log.currentAttempt(sessionId);
  }

  /** The readers of a session get each message in turn; the second and later ones get the first one's events. */
  #decode(message: string): MessageEvent[] {
    if (this.#decoded?.message !== message) this.#decoded = { message, events: decodeMessage(message) };
    return this.#decoded.events;
  }
}
