import { Logger } from '@nestjs/common';
import { EventInbox } from './event-inbox.js';
import type { LogPage } from './redis-log-reader.js';
import type { EventRun } from './redis-message.js';
import { attemptOf } from './token-stream.js';

interface FollowedLog {
  /** Begins to tell this follower what is appended; settles when whatever is read from then on leaves no gap. */
  enter(follower: RedisFollower): Promise<void>;
  leave(follower: RedisFollower, ended: boolean): void;
  read(after: number): Promise<LogPage>;
}

/**
 * One reader of a log in Redis. It reads the list once; events come with the messages then. The list is read again only
 * where their numbers leave a gap, where the reader fell behind, and when somebody has reason to look.
 */
export class RedisFollower {
  readonly inbox: EventInbox;
  readonly #logger = new Logger(RedisFollower.name);
  /** What came while the list was being read; undefined while it is not. */
  #held?: EventRun[] = [];
  /** The attempt whose log was read last; 0 where there was none. */
  #attempt = 0;
  /** The attempt that it was to look for while the list was being read. */
  #wanted = 0;

  constructor(
    private readonly log: FollowedLog,
    after: number,
    signal: AbortSignal,
  ) {
    this.inbox = new EventInbox(after, signal, {
      refill: () => this.#readOrFail(),
      release: (ended) => log.leave(this, ended),
    });
    if (!this.inbox.open) return;
    log.enter(this).then(
      () => this.#readOrFail(),
      (error: unknown) => this.inbox.fail(error),
    );
  }

  /** What was published. */
  deliver(run: EventRun): void {
    if (this.#held) this.#held.push(run);
    else if (this.inbox.behind || run.first <= this.inbox.lastSequence + 1) this.inbox.put(run.events);
    else void this.#readOrFail();
  }

  /**
   * There may be something that was not told; where that is the log of an `attempt`, nothing is to be done if it was read
   * since. Should Redis be away, whoever follows waits until it is looked again.
   */
  async look(attempt = Infinity): Promise<void> {
    if (attempt <= this.#attempt) return;
    if (this.#held) {
      this.#wanted = Math.max(this.#wanted, attempt);
      return;
    }
    try {
      await this.#read();
    } catch (error) {
      this.#logger.debug(`could not look at a log: ${String(error)}`);
    }
  }

  /** The reader is told when Redis fails, and comes back with its cursor. */
  async #readOrFail(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      this.inbox.fail(error);
    }
  }

  get #hasRoom(): boolean {
    return this.inbox.open && !this.inbox.behind;
  }

  async #read(): Promise<void> {
    if (!this.#hasRoom) return;
    this.#held ??= [];
    try {
      let more: boolean;
      do {
        this.#wanted = 0;
        const { events, last } = await this.log.read(this.inbox.lastSequence);
        this.#attempt = attemptOf(last);
        this.inbox.put(events);
        more = events.length > 0 && this.inbox.lastSequence < last;
      } while (this.#hasRoom && (this.#wanted > this.#attempt || more));
    } finally {
      const held = this.#held;
      this.#held = undefined;
      for (const run of held) this.deliver(run);
    }
  }
}
