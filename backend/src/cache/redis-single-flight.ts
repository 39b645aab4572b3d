import { Logger } from '@nestjs/common';
import type { RedisConnections } from '../redis/redis-connections.js';
import { RedisScript } from '../redis/redis-script.js';
import { releaseLua } from './single-flight.lua.js';
import { LEAD_SECONDS, SingleFlight } from './single-flight.js';

const release = new RedisScript(releaseLua);

export function leadKey(key: string): string {
  return `rivulet:single-flight:${key}`;
}

/** Single flight of any number of processes. */
export class RedisSingleFlight extends SingleFlight {
  readonly #logger = new Logger(RedisSingleFlight.name);

  constructor(private readonly connections: RedisConnections) {
    super();
  }

  override async lead(key: string, sessionId: string): Promise<string> {
    const redis = this.connections.commands;
    try {
      const leader = await redis.set(leadKey(key), sessionId, 'EX', LEAD_SECONDS, 'NX', 'GET');
      // Should its lead end in between, this gives whoever leads next no more than they have.
      if (leader === sessionId) await redis.expire(leadKey(key), LEAD_SECONDS);
      return leader ?? sessionId;
    } catch (error) {
      // Redis is away: a second call of the model is better than none.
      this.#logger.warn(`could not ask who makes ${leadKey(key)}: ${String(error)}`);
      return sessionId;
    }
  }

  override async release(key: string, sessionId: string): Promise<void> {
    try {
      await release.run(this.connections.commands, [leadKey(key)], [sessionId]);
    } catch (error) {
      // Redis is away: the lead ends by itself.
      this.#logger.warn(`could not release ${leadKey(key)}: ${String(error)}`);
    }
  }
}
