import { describe, expect, it } from '@jest/globals';
import { InMemoryResponseCache } from './in-memory-response-cache.js';
import { describeResponseCache } from './response-cache.contract.js';

describeResponseCache(InMemoryResponseCache.name, () => {
  let now = 0;
  return Promise.resolve({
    cache: new InMemoryResponseCache(60, undefined, () => now),
    outlive: () => {
      now += 60_000;
    },
    close: () => undefined,
  });
});

describe(InMemoryResponseCache.name, () => {
  const reply = (content: string) => ({ content, reasoning: '' });

  describe('get', () => {
    it('gives a reply up to the end of its time, however often it was asked for', async () => {
      let now = 0;
      const cache = new InMemoryResponseCache(60, undefined, () => now);
      await cache.set('a', reply('1'));
      now = 59_999;
      expect(await cache.get('a')).toEqual(reply('1'));
      now = 60_000;
      expect(await cache.get('a')).toBeUndefined();
    });
  });

  describe('set', () => {
    it('drops what was asked for longest ago when it is full', async () => {
      // Three entries of two letters each.
      const cache = new InMemoryResponseCache(60, 12);
      for (const key of ['a', 'b', 'c']) await cache.set(key, reply('x'));
      await cache.get('a');
      await cache.set('d', reply('x'));
      expect(await cache.get('b')).toBeUndefined();
      for (const key of ['a', 'c', 'd']) expect(await cache.get(key)).toEqual(reply('x'));
    });

    it('makes room anew when a reply is replaced', async () => {
      const cache = new InMemoryResponseCache(60, 12);
      for (let i = 0; i < 10; i++) await cache.set('a', reply('12345'));
      expect(await cache.get('a')).toEqual(reply('12345'));
    });

    it('does not empty itself for a reply that is too large for it', async () => {
      const cache = new InMemoryResponseCache(60, 12);
      await cache.set('a', reply('x'));
      await cache.set('b', reply('much too large'));
      expect(await cache.get('a')).toEqual(reply('x'));
      expect(await cache.get('b')).toBeUndefined();
    });
  });
});
