import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, type ExecutionArgs } from 'graphql';
import { AppError } from '../../errors/app-error.js';
import { CompiledSelection } from './compiled-selection.js';
import { DISTINCT, framesOf } from './frames.js';
import { SubscriptionFrames } from './subscription-frames.js';

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

function framesFrom(source: AsyncIterable<unknown>, selected = 'sequence content', wording = DISTINCT) {
  const args: ExecutionArgs = { schema, document: parse(`subscription { event { ${selected} } }`) };
  return new SubscriptionFrames(source, args, new CompiledSelection(args), wording);
}

async function all(frames: SubscriptionFrames): Promise<string[]> {
  const texts: string[] = [];
  for (let part = await frames.next(); !part.done; part = await frames.next()) texts.push(part.value);
  return texts;
}

describe(SubscriptionFrames.name, () => {
  describe('next', () => {
    it('gives a frame for each event, and says that it is complete', async () => {
      const source = sourceOf({ type: 'token', sequence: 1, content: 'Hi' }, { type: 'other', sequence: 2 });
      expect(await all(framesFrom(source))).toEqual([
        'event: next\ndata: {"data":{"event":{"sequence":1,"content":"Hi"}}}\n\n',
        'event: next\ndata: {"data":{"event":{"sequence":2,"content":null}}}\n\n',
        COMPLETE,
      ]);
    });

    it('takes an event when a frame is asked for, and not before', async () => {
      const source = sourceOf({ type: 'token', sequence: 1, content: 'Hi' }, new Error('not asked for'));
      const frames = framesFrom(source);
      expect(source.taken).toBe(0);
      await frames.next();
      expect(source.taken).toBe(1);
      await frames.return();
    });

    it('asks the resolvers, where there are any, before it goes on', async () => {
      const later = () => Promise.resolve('said later');
      const source = sourceOf({ later }, { type: 'token', sequence: 2, content: '', later });
      expect((await all(framesFrom(source, 'later'))).slice(0, 2)).toEqual(
        Array.from({ length: 2 }, () => 'event: next\ndata: {"data":{"event":{"later":"said later"}}}\n\n'),
      );
    });

    it('says with its code what a resolver failed with', async () => {
      const later = () => Promise.reject(new AppError('NOT_FOUND', 'no such thing'));
      const [frame] = await all(framesFrom(sourceOf({ later }), 'later'));
      expect(frame).toContain('"code":"NOT_FOUND"');
    });

    it('makes an error the last result, and lets the source go', async () => {
      const source = sourceOf(new AppError('SESSION_EXPIRED', 'too late'));
      const [last, ...rest] = await all(framesFrom(source));
      expect(last).toBe(
        'event: next\ndata: {"errors":[{"message":"too late",' +
          `"extensions":{"code":"SESSION_EXPIRED","retryable":false}}]}\n\n${COMPLETE}`,
      );
      expect(rest).toEqual([]);
      expect(source.returned).toBe(true);
    });
  });

  describe('tap', () => {
    it('offers the frames of what the source offers, but not of what must be executed', async () => {
      const offers: ((event: unknown) => boolean)[] = [];
      const source = Object.assign(sourceOf(), {
        tap: (take: (event: unknown) => boolean) => offers.push(take),
      });
      const frames = framesFrom(source, 'sequence');
      const taken: string[] = [];
      frames.tap((frame) => taken.push(frame) < 2);
      const [offer = () => false] = offers;
      const text = (sequence: number) => ({ type: 'token', sequence, content: '' });
      expect([text(1), { type: 'other', sequence: 2 }, text(3)].map(offer)).toEqual([true, false, false]);
      await frames.return();
      expect(offer(text(4))).toBe(false);
      expect(taken).toEqual(
        [1, 3].map((sequence) => `event: next\ndata: {"data":{"event":{"sequence":${sequence}}}}\n\n`),
      );
    });
  });

  describe('return', () => {
    it('lets the source go at once, also while an event is awaited', async () => {
      const event = Promise.withResolvers<IteratorResult<unknown>>();
      const source = sourceOf();
      source.next = () => event.promise;
      const frames = framesFrom(source);
      const next = frames.next();
      await frames.return();
      expect(source.returned).toBe(true);
      event.resolve({ done: false, value: { type: 'token', sequence: 1, content: 'too late' } });
      expect(await next).toEqual({ done: true, value: undefined });
    });
  });

  it('names the operation where others share its connection', async () => {
    const source = sourceOf({ type: 'token', sequence: 1, content: 'Hi' }, { type: 'other', sequence: 2 });
    const id = '"__proto__"';
    const frames = await all(framesFrom(source, 'sequence', framesOf(id)));
    const payloads = frames.map((frame) => JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? '') as unknown);
    expect(payloads).toEqual([
      { id, payload: { data: { event: { sequence: 1 } } } },
      { id, payload: { data: { event: { sequence: 2 } } } },
      { id },
    ]);
    expect(frames.map((frame) => frame.split('\n', 1)[0])).toEqual([
      'event: next',
      'event: next',
      'event: complete',
    ]);
  });
});
