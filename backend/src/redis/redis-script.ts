import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Commands that must agree, as one Lua script. It is sent by its hash, and in full where Redis does not know it. */
export class RedisScript {
  readonly #hash: string;

  constructor(private readonly lua: string) {
    this.#hash = createHash('sha1').update(lua).digest('hex');
  }

  async run(redis: Redis, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis.evalsha(this.#hash, keys.length, ...keys, ...args);
    } catch (error) {
      // Every other refusal is for the caller.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return await redis.eval(this.lua, keys.length, ...keys, ...args);
    }
  }
}
