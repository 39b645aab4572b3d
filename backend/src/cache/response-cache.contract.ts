import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CachedReply, ResponseCache } from './response-cache.js';

export interface ResponseCacheFixture {
  readonly cache: ResponseCache;
  /** Brings about that the time of an entry, set now, is over. */
  outlive(key: string): void | Promise<void>;
  close(): void | Promise<void>;
}

/** What every response cache does, whatever keeps it. */
export function describeResponseCache(name: string, open: () => Promise<ResponseCacheFixture>): void {
  describe(name, () => {
    let fixture: ResponseCacheFixture;
    let cache: ResponseCache;
    let key: string;
    const reply: CachedReply = { content: 'Grüße 👩‍👩‍👧\n"', reasoning: 'ほら', inputTokens: 3, outputTokens: 5 };

    beforeAll(async () => {
      fixture = await open();
      cache = fixture.cache;
    });
    afterAll(() => fixture.close());
    beforeEach(() => {
      key = randomUUID();
    });

    it('misses what was never set', async () => {
      expect(await cache.get(key)).toBeUndefined();
    });

    it('gives what was set, and to its key alone', async () => {
      await cache.set(key, reply);
      await cache.set(randomUUID(), { content: 'another', reasoning: '' });
      expect(await cache.get(key)).toEqual(reply);
    });

    it('keeps a reply whose usage is unknown', async () => {
      await cache.set(key, { content: '', reasoning: '' });
      expect(await cache.get(key)).toEqual({ content: '', reasoning: '' });
    });

    it('gives the last of what was set', async () => {
      await cache.set(key, reply);
      await cache.set(key, { content: 'new', reasoning: '' });
      expect((await cache.get(key))?.content).toBe('new');
    });

    it('misses what has had its time', async () => {
      await cache.set(key, reply);
      await fixture.outlive(key);
      expect(await cache.get(key)).toBeUndefined();
    });
  });
}
