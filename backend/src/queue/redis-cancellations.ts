import { Logger } from '@nestjs/common';
import type { RedisConnections } from '../redis/redis-connections.js';
import { RedisScript } from '../redis/redis-script.js';
import type { RedisSubscriber } from '../redis/redis-subscriber.js';
import { cancelLua } from './cancel.lua.js';
import { Cancellations } from './cancellations.js';

const CHANNEL = 'rivulet:{cancellations}:channel';
const RECENT = 'rivulet:{cancellations}:recent';
/** How long a worker may have been cut off and still hear of what was cancelled meanwhile. */
const RECENT_SECONDS = 120;

const cancel = new RedisScript(cancelLua);

/** Cancellations over Redis. Those that a cut connection missed are read from the recent ones when it is back. */
export class RedisCancellations extends Cancellations {
  readonly #logger = new Logger(RedisCancellations.name);

  constructor(
    private readonly connections: RedisConnections,
    private readonly subscriber: RedisSubscriber,
  ) {
    super();
  }

  override async publish(sessionId: string): Promise<void> {
    await cancel.run(this.connections.commands, [RECENT], [CHANNEL, sessionId, RECENT_SECONDS]);
  }

  override async listen(listener: (sessionId: string) => void): Promise<() => void> {
    const subscription = this.subscriber.listen(CHANNEL, {
      message: listener,
      resubscribed: () => void this.#replay(listener),
    });
    await subscription.confirmed;
    return () => subscription.leave();
  }

  async #replay(listener: (sessionId: string) => void): Promise<void> {
    try {
      for (const sessionId of await this.connections.commands.zrange(RECENT, '0', '-1')) listener(sessionId);
    } catch (error) {
      // Redis has gone again: its coming back leads here once more.
      this.#logger.warn(`could not read the recent cancellations: ${String(error)}`);
    }
  }
}
