import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { RedisConnections } from '../redis/redis-connections.js';
import type { RedisSubscriber } from '../redis/redis-subscriber.js';
import { FollowedSessions, SILENCE_MS } from './followed-sessions.js';
import type { NewMessageEvent } from './message-event.js';
import { RedisFollower } from './redis-follower.js';
import { RedisLogReader } from './redis-log-reader.js';
import { BATCH_GAP_MS, RedisLogWriter } from './redis-log-writer.js';
import { logKeys } from './redis-names.js';
import { TokenStream, type Reading } from './token-stream.js';

/** What tests set otherwise. */
export interface RedisTokenStreamOptions {
  /** Names this process among all; letters and digits, as many as the others have. */
  readonly id: string;
  /** Between two batches of appends, in milliseconds. */
  readonly batchGapMs: number;
  /** After which a followed session is looked at, in milliseconds. */
  readonly silenceMs: number;
  /** The time in milliseconds, of a clock that is never set. */
  readonly now: () => number;
}

/**
 * The token stream of any number of processes. Redis keeps a list of each session's events. A process sends the appends
 * of all its sessions in batches, and a batch tells each process that reads some of them once. The channel is the
 * bell, the list is the truth: pub/sub keeps nothing for a connection that was cut.
 *
 * When Redis is away, writes and new readings reject within seconds; readers that follow wait until it is back.
 */
export class RedisTokenStream extends TokenStream {
  readonly #writer: RedisLogWriter;
  readonly #reader: RedisLogReader;
  readonly #followed: FollowedSessions;
  readonly #logger = new Logger(RedisTokenStream.name);

  /** @param ttlSeconds how long a log stays, at least, after it was last written to. */
  constructor(
    private readonly connections: RedisConnections,
    subscriber: RedisSubscriber,
    ttlSeconds: number,
    options: Partial<RedisTokenStreamOptions> = {},
  ) {
    super();
    const {
      id = randomBytes(6).toString('hex'),
      batchGapMs = BATCH_GAP_MS,
      silenceMs = SILENCE_MS,
      now = () => performance.now(),
    } = options;
    this.#writer = new RedisLogWriter(connections, subscriber, ttlSeconds, id, batchGapMs, now);
    this.#reader = new RedisLogReader(connections, id);
    this.#followed = new FollowedSessions(subscriber, id, silenceMs);
  }

  /** How many sessions are read. */
  get followedCount(): number {
    return this.#followed.size;
  }

  /** How many processes this one tells what it writes, one being counted for each session that it reads. */
  get toldCount(): number {
    return this.#writer.readerCount;
  }

  override begin(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<void> {
    return this.#writer.begin(sessionId, attempt, events);
  }

  override append(sessionId: string, attempt: number, events: readonly NewMessageEvent[]): Promise<number> {
    return this.#writer.append(sessionId, attempt, events);
  }

  override read(sessionId: string, after: number, signal: AbortSignal): Reading {
    const log = {
      enter: (follower: RedisFollower) => this.#followed.enter(sessionId, follower),
      leave: (follower: RedisFollower, ended: boolean) => this.#leave(sessionId, follower, ended),
      read: (from: number) => this.#reader.join(sessionId, from),
    };
    return new RedisFollower(log, after, signal).inbox;
  }

  override async hasEnded(sessionId: string): Promise<boolean> {
    const { state } = logKeys(sessionId);
    const [attempt, writer] = await this.connections.commands.hmget(state, 'attempt', 'writer');
    return attempt !== null && writer === null;
  }

  #leave(sessionId: string, follower: RedisFollower, ended: boolean): void {
    if (!this.#followed.leave(sessionId, follower) || ended) return;
    // Where Redis is away, it goes on telling this process, which does not listen, until the log is gone.
    this.#reader
      .leave(sessionId)
      .catch((error: unknown) => this.#logger.debug(`left without a word: ${String(error)}`));
  }
}
