import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'express';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { RequestParams } from 'graphql-sse';
import type { AppConfig } from '../../config/app-config.js';
import { DocumentRules } from '../documents/document-rules.js';
import { Operations } from './operations.js';
import { Outlet } from './outlet.js';
import type { ReservedStream } from './reserved-stream.js';
import { ReservedStreams } from './reserved-streams.js';
import type { StreamBody } from './stream-body.js';

const PATIENCE_MS = 60_000;
const WORDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'error', ''];
const REFUSED = expect.objectContaining({ code: 'RATE_LIMITED' }) as unknown as Error;

/** As much of a response as an outlet needs. */
function response() {
  return Object.assign(new EventEmitter(), { destroyed: false }) as unknown as EventEmitter & Response;
}

/** What follows at once has followed. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** `count` from 1 on, until its reader goes. */
class Counter {
  left = 0;

  *[Symbol.iterator]() {
    try {
      for (let count = 1; ; count++) yield { count };
    } finally {
      this.left++;
    }
  }
}

describe(ReservedStreams.name, () => {
  let schema: GraphQLSchema;
  let counter: Counter;
  let streams: ReservedStreams;
  let bodies: StreamBody[];

  beforeEach(() => {
    schema = buildSchema('type Query { a: Int } type Subscription { count: Int }');
    counter = new Counter();
    bodies = [];
    const { count } = schema.getSubscriptionType()?.getFields() ?? {};
    if (count) {
      // eslint-disable-next-line @typescript-eslint/require-await
      count.subscribe = async function* () {
        yield* counter;
      };
    }
    const rules = new DocumentRules({ introspection: true } as AppConfig);
    streams = new ReservedStreams(new Operations(schema, rules), PATIENCE_MS);
  });
  afterEach(async () => {
    jest.useRealTimers();
    for (const body of bodies) await body.return();
  });

  function reserved(reserver = 'ada'): ReservedStream {
    const stream = streams.find(streams.reserve(reserver), reserver);
    if (!stream) throw new Error('not reserved');
    return stream;
  }
  const params = (operationId: unknown, query = 'subscription { count }'): RequestParams => ({
    query,
    extensions: { operationId },
  });
  const execute = async (stream: ReservedStream, ...given: Parameters<typeof params>) =>
    (await stream.execute(params(...given), () => Promise.resolve({})))[1].status;
  const bodyOf = (stream: ReservedStream, res = response()): StreamBody => {
    const body = stream.open(new Outlet(res))[0] as StreamBody;
    bodies.push(body);
    return body;
  };
  /** The next so many frames of the stream, without its comment. */
  const read = async (body: StreamBody, count: number): Promise<unknown[]> => {
    const frames: unknown[] = [];
    while (frames.length < count) {
      const { value } = await body.next();
      for (const [, data = ''] of (value ?? '').matchAll(/^data: (.*)$/gm)) frames.push(JSON.parse(data));
    }
    await nextTurn();
    return frames;
  };

  describe('reserve', () => {
    it('makes a token that nobody could guess, and that is for its reserver alone', () => {
      const tokens = Array.from({ length: 3 }, () => streams.reserve('ada'));
      expect(new Set(tokens).size).toBe(3);
      for (const token of tokens) {
        expect(token).toMatch(/^[\w-]{43}$/);
        expect(streams.find(token, 'ada')).toBeDefined();
        expect(streams.find(token, 'bob')).toBeUndefined();
      }
    });

    it('knows no token but its own', () => {
      for (const word of WORDS) expect(streams.find(word, 'ada')).toBeUndefined();
    });

    it('is refused to whoever opens none of them', () => {
      jest.useFakeTimers();
      for (let count = 0; count < 10; count++) streams.reserve('ada');
      expect(() => streams.reserve('ada')).toThrow(REFUSED);
      streams.reserve('bob');
      jest.advanceTimersByTime(PATIENCE_MS);
      streams.reserve('ada');
    });

    it('is refused to all where a crowd opens none', () => {
      for (let count = 0; count < 10_000; count++) streams.reserve(`${count}`);
      expect(() => streams.reserve('ada')).toThrow(REFUSED);
    });

    it('expires where it is not opened, with all that runs in it', async () => {
      jest.useFakeTimers();
      const token = streams.reserve('ada');
      const stream = streams.find(token, 'ada');
      await stream?.execute(params('1'), () => Promise.resolve({}));
      await jest.advanceTimersByTimeAsync(PATIENCE_MS);
      expect(streams.find(token, 'ada')).toBeUndefined();
      expect(counter.left).toBe(1);
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  describe('open', () => {
    it('makes room for another reservation, and is possible once', () => {
      for (let count = 0; count < 20; count++) {
        const stream = reserved();
        stream.open(new Outlet(response()));
        expect(stream.open(new Outlet(response()))[1].status).toBe(409);
      }
    });

    it('lets all go when the client goes', async () => {
      const token = streams.reserve('ada');
      const stream = streams.find(token, 'ada');
      if (!stream) throw new Error('not reserved');
      const res = response();
      const body = bodyOf(stream, res);
      await execute(stream, '1');
      await read(body, 2);
      res.emit('close');
      expect(streams.find(token, 'ada')).toBeUndefined();
      await stream.close();
      expect((await body.next()).done).toBe(true);
      expect(counter.left).toBe(1);
    });
  });

  describe('execute', () => {
    it('sends the results of all operations, each under its own word', async () => {
      const stream = reserved();
      const body = bodyOf(stream);
      for (const word of WORDS.filter((id) => id !== '')) {
        expect(await execute(stream, word, '{ a }')).toBe(202);
        expect(await read(body, 2)).toEqual([{ id: word, payload: { data: { a: null } } }, { id: word }]);
      }
    });

    it('takes no more events than are read', async () => {
      const stream = reserved();
      expect(await execute(stream, '1')).toBe(202);
      const frames = await read(bodyOf(stream), 3);
      expect(frames.map((frame) => (frame as { payload: unknown }).payload)).toEqual(
        [1, 2, 3].map((count) => ({ data: { count } })),
      );
      await stream.close();
    });

    it.each([
      ['none', undefined],
      ['a number', 1],
      ['an object', { toString: 1 }],
      ['empty', ''],
      ['long', 'x'.repeat(101)],
    ])('refuses an operation whose id is %s', async (_what, id) => {
      expect(await execute(reserved(), id)).toBe(400);
    });

    it('refuses an id that is taken until its operation has ended', async () => {
      const stream = reserved();
      expect(await execute(stream, '1')).toBe(202);
      expect(await execute(stream, '1')).toBe(409);
      const body = bodyOf(stream);
      await stream.stop('1');
      expect(counter.left).toBe(1);
      // What had been sent is read, and that is the end of it.
      await read(body, 1);
      expect(await execute(stream, '1', '{ a }')).toBe(202);
    });

    it('keeps nothing of what it refused', async () => {
      const stream = reserved();
      for (let count = 0; count < 200; count++)
        expect(await execute(stream, `${count}`, '{ nothing }')).toBe(400);
      expect(await execute(stream, '0', '{ a }')).toBe(202);
    });

    it('refuses more operations than a stream may have', async () => {
      const stream = reserved();
      for (let count = 0; count < 50; count++) expect(await execute(stream, `${count}`, '{ a }')).toBe(202);
      await expect(execute(stream, '50', '{ a }')).rejects.toThrow(REFUSED);
      await read(bodyOf(stream), 2);
      expect(await execute(stream, '50', '{ a }')).toBe(202);
    });

    it('does not begin what was stopped meanwhile', async () => {
      const stream = reserved();
      const context = Promise.withResolvers<Record<string, unknown>>();
      const answer = stream.execute(params('1'), () => context.promise);
      await stream.stop('1');
      context.resolve({});
      expect((await answer)[1].status).toBe(204);
      expect(counter.left).toBe(0);
    });
  });

  describe('stop', () => {
    it('is harmless for what does not run', async () => {
      const stream = reserved();
      for (const word of WORDS) expect((await stream.stop(word))[1].status).toBe(word === '' ? 400 : 200);
      expect((await stream.stop(undefined))[1].status).toBe(400);
    });
  });
});
