import { Logger } from '@nestjs/common';
import type { RedisConnections } from '../redis/redis-connections.js';
import { type CachedReply, ResponseCache } from './response-cache.js';

export function redisKey(key: string): string {
  return `rivulet:response-cache:${key}`;
}

/** The cache of any number of processes. It only ever saves work, so its failures are misses. */
export class RedisResponseCache extends ResponseCache {
  readonly #logger = new Logger(RedisResponseCache.name);

  /** @param ttlSeconds how long a reply stays after it was set. */
  constructor(
    private readonly connections: RedisConnections,
    private readonly ttlSeconds: number,
  ) {
    super();
  }

  override async get(key: string): Promise<CachedReply | undefined> {
    try {
      const entry = await this.connections.commands.get(redisKey(key));
      return entry === null ? undefined : decode(entry);
    } catch (error) {
      // Redis is away, or the entry is none of ours.
      this.#logger.warn(`could not read ${redisKey(key)}: ${String(error)}`);
      return undefined;
    }
  }

  override async set(key: string, reply: CachedReply): Promise<void> {
    try {
      await this.connections.commands.set(redisKey(key), JSON.stringify(reply), 'EX', this.ttlSeconds);
    } catch (error) {
      // Redis is away, or full.
      this.#logger.warn(`could not write ${redisKey(key)}: ${String(error)}`);
    }
  }
}

/** Throws where the entry is not a reply. Its text is left out of the error: it would stand in the log. */
function decode(entry: string): CachedReply {
  const value = parse(entry);
  if (!isReply(value)) throw new Error('the entry is not a reply');
  const { content, reasoning, inputTokens, outputTokens } = value;
  return { content, reasoning, inputTokens, outputTokens };
}

function parse(entry: string): unknown {
  try {
    return JSON.parse(entry);
  } catch {
    // JSON.parse quotes what it could not read.
    throw new Error('the entry is not JSON');
  }
}

function isReply(value: unknown): value is CachedReply {
  if (typeof value !== 'object' || value === null) return false;
  const { content, reasoning, inputTokens, outputTokens } = value as Record<keyof CachedReply, unknown>;
  return (
    typeof content === 'string' &&
    typeof reasoning === 'string' &&
    isCount(inputTokens) &&
    isCount(outputTokens)
  );
}

function isCount(value: unknown): boolean {
  return value === undefined || typeof value === 'number';
}
