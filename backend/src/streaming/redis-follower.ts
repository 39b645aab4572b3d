import type { ChannelListener, ChannelSubscription, RedisSubscriber } from '../redis/redis-subscriber.js';
import { EventInbox } from './event-inbox.js';
import type { MessageEvent } from './message-event.js';
import type { LogPage } from './redis-log.js';

interface FollowedLog {
  readonly channel: string;
  read(after: number): Promise<LogPage>;
  decode(message: string): MessageEvent[];
}

/**
 * One reader of a log in Redis. It subscribes first and reads the list then, so no event falls between the two. Events
 * come with the messages; the list is read again only where their numbers leave a gap, the connection was cut, or the
 * reader fell behind.
 */
export class RedisFollower implements ChannelListener {
  readonly inbox: EventInbox;
  readonly #subscription?: ChannelSubscription;
  /** What came while the list was being read; undefined while it is not. */
  #held?: MessageEvent[][] = [];
  #readAgain = false;

  constructor(
    private readonly log: FollowedLog,
    subscriber: RedisSubscriber,
    after: number,
    signal: AbortSignal,
  ) {
    this.inbox = new EventInbox(after, signal, {
      refill: () => this.#readList(),
      release: () => this.#subscription?.leave(),
    });
    if (!this.inbox.open) return;
    this.#subscription = subscriber.listen(log.channel, this);
    this.#subscription.confirmed.then(
      () => this.#readList(),
      (error: unknown) => this.inbox.fail(error),
    );
  }

  message(text: string): void {
    this.#deliver(this.log.decode(text));
  }

  resubscribed(): void {
    if (this.#held) this.#readAgain = true;
    else void this.#readList();
  }

  #deliver(events: MessageEvent[]): void {
    if (this.#held) this.#held.push(events);
    else if (this.inbox.behind || this.#follows(events)) this.inbox.put(events);
    else void this.#readList();
  }

  #follows([first]: MessageEvent[]): boolean {
    return first === undefined || first.sequence <= this.inbox.lastSequence + 1;
  }

  get #hasRoom(): boolean {
    return this.inbox.open && !this.inbox.behind;
  }

  async #readList(): Promise<void> {
    if (!this.#hasRoom) return;
    this.#held ??= [];
    try {
      let last: number;
      do {
        this.#readAgain = false;
        const page = await this.log.read(this.inbox.lastSequence);
        this.inbox.put(page.events);
        last = page.last;
      } while (this.#hasRoom && (this.#readAgain || this.inbox.lastSequence < last));
    } catch (error) {
      // Redis failed: the reader is told, and comes back with its cursor.
      this.inbox.fail(error);
    }
    const held = this.#held;
    this.#held = undefined;
    for (const events of held) this.#deliver(events);
  }
}
