import { describe, expect, it } from '@jest/globals';
import { InMemoryTokenStream } from './in-memory-token-stream.js';
import { done, take, token } from './testing/reading.js';
import { describeTokenStream } from './token-stream.contract.js';
import { FencedError } from './token-stream.js';

describeTokenStream(InMemoryTokenStream.name, () => {
  const stream = new InMemoryTokenStream(60);
  return Promise.resolve({
    stream,
    elsewhere: stream,
    held: () => stream.readerCount,
    close: () => Promise.resolve(),
  });
});

describe(InMemoryTokenStream.name, () => {
  describe('when a log was not written to for its time', () => {
    it('drops it', async () => {
      let now = 0;
      const stream = new InMemoryTokenStream(60, () => now);
      await stream.begin('quiet', 1, [token('a'), done]);
      now = 59_999;
      expect(await stream.hasEnded('quiet')).toBe(true);
      now = 60_000;
      expect(await stream.hasEnded('quiet')).toBe(false);
      await expect(stream.append('quiet', 1, [token('b')])).rejects.toThrow(FencedError);
    });

    it('keeps the ones that were', async () => {
      let now = 0;
      const stream = new InMemoryTokenStream(60, () => now);
      await stream.begin('busy', 1, []);
      await stream.begin('quiet', 1, []);
      now = 30_000;
      await stream.append('busy', 1, [token('a')]);
      now = 60_000;
      await stream.begin('new', 1, []);
      expect(stream.logCount).toBe(2);
      expect(await take(stream.read('busy', 0, new AbortController().signal), 1)).toEqual([
        { ...token('a'), sequence: 1 },
      ]);
    });
  });
});
