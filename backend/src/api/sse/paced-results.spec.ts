import { describe, expect, it } from '@jest/globals';
import { buildSchema, type ExecutionResult } from 'graphql';
import { createHandler } from 'graphql-sse';
import { PacedResults } from './paced-results.js';

/** A source that counts what is taken from it, and that can be told to fail. */
function countingSource() {
  const source = {
    taken: 0,
    returned: false,
    failure: undefined as Error | undefined,
    next(): Promise<IteratorResult<ExecutionResult>> {
      if (source.failure) return Promise.reject(source.failure);
      return Promise.resolve({ done: false, value: { data: { number: ++source.taken } } });
    },
    return(): Promise<IteratorResult<ExecutionResult>> {
      source.returned = true;
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => source,
  };
  return source;
}

const always = () => undefined;

describe(PacedResults.name, () => {
  describe('next', () => {
    it('takes nothing from the source while there is no room', async () => {
      const source = countingSource();
      const drained = Promise.withResolvers<void>();
      let full = true;
      const results = new PacedResults(source, () => (full ? drained.promise : undefined));
      const next = results.next();
      await Promise.resolve();
      expect(source.taken).toBe(0);
      full = false;
      drained.resolve();
      expect(await next).toEqual({ done: false, value: { data: { number: 1 } } });
    });

    it('makes an error the last result, and lets the source go', async () => {
      const source = countingSource();
      const results = new PacedResults(source, always);
      source.failure = new Error('gone');
      const { value } = await results.next();
      expect(value?.errors?.[0]?.originalError).toBe(source.failure);
      expect(await results.next()).toEqual({ done: true, value: undefined });
      expect(source.returned).toBe(true);
    });

    it('says so where there never was room', async () => {
      const results = new PacedResults(countingSource(), () => Promise.reject(new Error('nobody came')));
      expect((await results.next()).value?.errors?.[0]?.message).toBe('nobody came');
    });
  });

  describe('return', () => {
    it('lets the source go at once, also while there is no room', async () => {
      const source = countingSource();
      const drained = Promise.withResolvers<void>();
      const results = new PacedResults(source, () => drained.promise);
      const next = results.next();
      await results.return();
      expect(source.returned).toBe(true);
      drained.resolve();
      expect(await next).toEqual({ done: true, value: undefined });
      expect(source.taken).toBe(0);
    });

    it('is called by graphql-sse when the client leaves', async () => {
      const quiet = new AbortController();
      const source: AsyncIterableIterator<ExecutionResult> = {
        next: () => new Promise(() => {}),
        return: () => {
          quiet.abort();
          return Promise.resolve({ done: true, value: undefined });
        },
        [Symbol.asyncIterator]: () => source,
      };
      const handler = createHandler({
        schema: buildSchema('type Query { a: Int } type Subscription { a: Int }'),
        subscribe: () => source,
        onOperation: () => new PacedResults(source, always),
      });
      const [body] = await handler({
        method: 'POST',
        url: '/',
        headers: {
          get: (name) => ({ accept: 'text/event-stream', 'content-type': 'application/json' })[name],
        },
        body: { query: 'subscription { a }' },
        raw: undefined,
        context: undefined,
      });
      if (!body || typeof body === 'string') throw new Error(`no stream, but ${body}`);
      await body.next();
      await body.return(undefined);
      expect(quiet.signal.aborted).toBe(true);
    });
  });
});
