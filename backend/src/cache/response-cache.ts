/** A complete reply as the cache keeps it. */
export interface CachedReply {
  readonly content: string;
  readonly reasoning: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** Complete replies by the hash of all that the model saw. Entries end after the installation's TTL. */
export abstract class ResponseCache {
  abstract get(key: string): Promise<CachedReply | undefined>;
  abstract set(key: string, reply: CachedReply): Promise<void>;
}
