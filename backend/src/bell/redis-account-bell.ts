import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { Batches } from '../redis/batches.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import type { ChannelSubscription, RedisSubscriber } from '../redis/redis-subscriber.js';
import { AccountBell, type AccountBellListener } from './account-bell.js';

/** How long after a Redis that was away is asked for the channel again, in milliseconds. */
const RETRY_MS = 1_000;
/** Between two messages to the other processes, in milliseconds: each reply rings twice, and nobody sees so short a time. */
const GAP_MS = 50;
const MAX_TOLD = 1_000;

/** The bell over Redis. */
export class RedisAccountBell extends AccountBell implements OnModuleDestroy {
  readonly #logger = new Logger(RedisAccountBell.name);
  readonly #listeners = new Set<AccountBellListener>();
  #subscription?: ChannelSubscription;
  #retry?: NodeJS.Timeout;
  readonly #rung = new Batches<string, void>((userIds) => this.#publish(userIds), {
    gapMs: GAP_MS,
    maxWeight: MAX_TOLD,
    weigh: () => 1,
  });

  constructor(
    private readonly connections: RedisConnections,
    private readonly subscriber: RedisSubscriber,
    private readonly channel: string,
  ) {
    super();
  }

  override ring(userId: string): void {
    // Here at once, whatever becomes of Redis; what comes back over Redis is heard a second time.
    this.#tell((listener) => listener.changed(userId));
    this.#rung
      .add(userId)
      .catch((error: unknown) => this.#logger.warn(`other processes could not be told: ${String(error)}`));
  }

  override listen(listener: AccountBellListener): () => void {
    this.#listeners.add(listener);
    if (!this.#subscription && !this.#retry) void this.#subscribe();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.onModuleDestroy();
    };
  }

  onModuleDestroy(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#subscription?.leave();
    this.#subscription = undefined;
  }

  async #publish(userIds: readonly string[]): Promise<void[]> {
    await this.connections.commands.publish(this.channel, [...new Set(userIds)].join(' '));
    return userIds.map(() => undefined);
  }

  async #subscribe(): Promise<void> {
    this.#retry = undefined;
    const subscription = this.subscriber.listen(this.channel, {
      message: (text) => {
        for (const userId of text.split(' ')) this.#tell((listener) => listener.changed(userId));
      },
      resubscribed: () => this.#tell((listener) => listener.missed()),
    });
    this.#subscription = subscription;
    try {
      await subscription.confirmed;
      // What was changed before that went unheard.
      this.#tell((listener) => listener.missed());
    } catch (error) {
      // Left meanwhile, or closing.
      if (this.#subscription !== subscription) return;
      this.#logger.warn(`changes of accounts are heard late: ${String(error)}`);
      this.#subscription = undefined;
      this.#retry = setTimeout(() => void this.#subscribe(), RETRY_MS);
    }
  }

  #tell(message: (listener: AccountBellListener) => void): void {
    for (const listener of [...this.#listeners]) message(listener);
  }
}
