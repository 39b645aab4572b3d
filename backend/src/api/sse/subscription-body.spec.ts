import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'express';
import { buildSchema, GraphQLError, parse, type ExecutionArgs } from 'graphql';
import { AppError } from '../../errors/app-error.js';
import { CompiledSelection } from './compiled-selection.js';
import { Outlet } from './outlet.js';
import { refusedBody, SubscriptionBody } from './subscription-body.js';

const PING = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription { event: Event }
  type Event { sequence: Int!, content: String, later: String }
`);
const { event: root } = schema.getSubscriptionType()?.getFields() ?? {};
if (root) root.resolve = (event) => event as unknown;

/** A source that gives these events, fails where it meets an error, and counts what is taken. */
function sourceOf(...events: readonly unknown[]) {
  const source = {
    taken: 0,
    returned: false,
    next(): Promise<IteratorResult<unknown>> {
      const event = events[source.taken++];
      if (event instanceof Error) return Promise.reject(event);
      return Promise.resolve(event ? { done: false, value: event } : { done: true, value: undefined });
    },
    return(): Promise<IteratorResult<unknown>> {
      source.returned = true;
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => source,
  };
  return source;
}

/** A response that keeps what is written to it. */
function keeping() {
  const kept = { written: '', writableNeedDrain: false, write: (text: string) => (kept.written += text) };
  return kept;
}

function bodyOf(source: AsyncIterable<unknown>, selected = 'sequence content', response = keeping()) {
  const args: ExecutionArgs = { schema, document: parse(`subscription { event { ${selected} } }`) };
  const outlet = new Outlet(response as unknown as Response);
  return new SubscriptionBody(source, args, new CompiledSelection(args), outlet);
}

async function all(body: AsyncIterable<string>): Promise<string[]> {
  return Array.fromAsync(body);
}

describe(SubscriptionBody.name, () => {
  describe('next', () => {
    it('gives a comment at once, a frame for each event, and says that it is complete', async () => {
      const source = sourceOf({ type: 'token', sequence: 1, content: 'Hi' }, { type: 'other', sequence: 2 });
      expect(await all(bodyOf(source))).toEqual([
        PING,
        'event: next\ndata: {"data":{"event":{"sequence":1,"content":"Hi"}}}\n\n',
        'event: next\ndata: {"data":{"event":{"sequence":2,"content":null}}}\n\n',
        COMPLETE,
      ]);
    });

    it('takes an event when a frame is asked for, and not before', async () => {
      const source = sourceOf({ type: 'token', sequence: 1, content: 'Hi' }, new Error('not asked for'));
      const body = bodyOf(source);
      await body.next();
      expect(source.taken).toBe(0);
      await body.next();
      expect(source.taken).toBe(1);
      await body.return();
    });

    it('asks the resolvers, where there are any, before it goes on', async () => {
      const later = () => Promise.resolve('said later');
      const source = sourceOf({ later }, { type: 'token', sequence: 2, content: '', later });
      expect((await all(bodyOf(source, 'later'))).slice(1, 3)).toEqual(
        Array.from({ length: 2 }, () => 'event: next\ndata: {"data":{"event":{"later":"said later"}}}\n\n'),
      );
    });

    it('says with its code what a resolver failed with', async () => {
      const later = () => Promise.reject(new AppError('NOT_FOUND', 'no such thing'));
      const [, frame] = await all(bodyOf(sourceOf({ later }), 'later'));
      expect(frame).toContain('"code":"NOT_FOUND"');
    });

    it('makes an error the last result, and lets the source go', async () => {
      const source = sourceOf(new AppError('SESSION_EXPIRED', 'too late'));
      const [, last, ...rest] = await all(bodyOf(source));
      expect(last).toBe(
        'event: next\ndata: {"errors":[{"message":"too late",' +
          `"extensions":{"code":"SESSION_EXPIRED","retryable":false}}]}\n\n${COMPLETE}`,
      );
      expect(rest).toEqual([]);
      expect(source.returned).toBe(true);
    });
  });

  describe('return', () => {
    it('lets the source go at once, also while an event is awaited', async () => {
      const event = Promise.withResolvers<IteratorResult<unknown>>();
      const source = sourceOf();
      source.next = () => event.promise;
      const body = bodyOf(source);
      await body.next();
      const next = body.next();
      await body.return();
      expect(source.returned).toBe(true);
      event.resolve({ done: false, value: { type: 'token', sequence: 1, content: 'too late' } });
      expect(await next).toEqual({ done: true, value: undefined });
    });
  });

  describe('while the source is quiet', () => {
    afterEach(() => void jest.useRealTimers());

    it('pings a client that takes what it gets', async () => {
      jest.useFakeTimers();
      const response = keeping();
      const body = bodyOf(sourceOf(), undefined, response);
      await body.next();
      jest.advanceTimersByTime(24_000);
      expect(response.written).toBe(PING + PING);
      response.writableNeedDrain = true;
      jest.advanceTimersByTime(24_000);
      expect(response.written).toBe(PING + PING);
      await body.return();
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});

describe(refusedBody.name, () => {
  it('is a stream of one result', () => {
    const error = new GraphQLError('broken', { originalError: new AppError('NOT_FOUND', 'no session') });
    expect(refusedBody({ errors: [error] })).toBe(
      `${PING}event: next\ndata: {"errors":[{"message":"no session",` +
        `"extensions":{"code":"NOT_FOUND","retryable":false}}]}\n\n${COMPLETE}`,
    );
  });
});
