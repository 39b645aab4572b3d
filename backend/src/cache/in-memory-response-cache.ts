import { type CachedReply, ResponseCache } from './response-cache.js';

interface Entry {
  readonly reply: CachedReply;
  readonly bytes: number;
  readonly expiresAt: number;
}

/** The cache of a single process. When it is full, the reply that was asked for longest ago goes. */
export class InMemoryResponseCache extends ResponseCache {
  /** The ones asked for longest ago first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /**
   * @param ttlSeconds how long a reply stays after it was set.
   * @param maxBytes how much all replies together may take.
   * @param now the time in milliseconds.
   */
  constructor(
    private readonly ttlSeconds: number,
    private readonly maxBytes: number = 64 * 1024 * 1024,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  override get(key: string): Promise<CachedReply | undefined> {
    const entry = this.#entries.get(key);
    if (!entry) return Promise.resolve(undefined);
    this.#remove(key, entry);
    if (entry.expiresAt <= this.now()) return Promise.resolve(undefined);
    this.#add(key, entry);
    return Promise.resolve(entry.reply);
  }

  override set(key: string, reply: CachedReply): Promise<void> {
    const earlier = this.#entries.get(key);
    if (earlier) this.#remove(key, earlier);
    const bytes = bytesOf(key, reply);
    if (bytes <= this.maxBytes)
      this.#add(key, { reply, bytes, expiresAt: this.now() + this.ttlSeconds * 1_000 });
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.maxBytes) break;
      this.#remove(oldest, entry);
    }
    return Promise.resolve();
  }

  #add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
  }

  #remove(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}

/** What an entry takes at most: two bytes a UTF-16 code unit. */
function bytesOf(key: string, { content, reasoning }: CachedReply): number {
  return 2 * (key.length + content.length + reasoning.length);
}
