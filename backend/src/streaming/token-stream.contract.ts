import { randomUUID } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../test/support/until.js';
import { AppError } from '../errors/app-error.js';
import { MAX_WEIGHT } from './event-inbox.js';
import { done, drain, restart, take, textOf, token } from './testing/reading.js';
import { ATTEMPT_SPAN, FencedError, type TokenStream } from './token-stream.js';

/** A token stream under test. */
export interface TokenStreamFixture {
  readonly stream: TokenStream;
  /** The same logs as another process has them; the same stream, where there is but one process. */
  readonly elsewhere: TokenStream;
  /** What readers hold: subscriptions, places in lists. */
  held(): number | Promise<number>;
  close(): Promise<void>;
}

/** What every token stream does, whatever keeps it. */
export function describeTokenStream(name: string, open: () => Promise<TokenStreamFixture>): void {
  describe(name, () => {
    let test: AbortController;
    let signal: AbortSignal;
    let fixture: TokenStreamFixture;
    let stream: TokenStream;
    let elsewhere: TokenStream;
    let sessionId: string;

    beforeAll(async () => {
      fixture = await open();
      ({ stream, elsewhere } = fixture);
    });
    afterAll(() => fixture.close());
    beforeEach(() => {
      sessionId = randomUUID();
      test = new AbortController();
      signal = test.signal;
    });
    afterEach(async () => {
      test.abort();
      await until(async () => (await fixture.held()) === 0);
    });

    describe('begin', () => {
      it('refuses an attempt that has begun, and earlier ones', async () => {
        await stream.begin(sessionId, 2, [restart]);
        await expect(elsewhere.begin(sessionId, 2, [restart])).rejects.toThrow(FencedError);
        await expect(elsewhere.begin(sessionId, 1, [])).rejects.toThrow(FencedError);
      });

      it('drops what earlier attempts wrote', async () => {
        await stream.begin(sessionId, 1, [token('old')]);
        await elsewhere.begin(sessionId, 2, [restart, done]);
        expect(await drain(stream.read(sessionId, 0, signal))).toEqual([
          { ...restart, sequence: ATTEMPT_SPAN + 1 },
          { ...done, sequence: ATTEMPT_SPAN + 2 },
        ]);
      });
    });

    describe('append', () => {
      it('numbers events from 1, and those of a later attempt above all earlier ones', async () => {
        await stream.begin(sessionId, 1, []);
        expect(await stream.append(sessionId, 1, [token('a')])).toBe(1);
        expect(await stream.append(sessionId, 1, [token('b'), token('c')])).toBe(3);
        await elsewhere.begin(sessionId, 2, [restart]);
        expect(await elsewhere.append(sessionId, 2, [token('d')])).toBe(ATTEMPT_SPAN + 2);
      });

      it('keeps the order of appends that were made at once', async () => {
        await stream.begin(sessionId, 1, []);
        const letters = [...'abcdefghij'];
        const numbers = await Promise.all(
          letters.map((letter) => stream.append(sessionId, 1, [token(letter)])),
        );
        expect(numbers).toEqual(letters.map((_, index) => index + 1));
        expect(textOf(await take(stream.read(sessionId, 0, signal), 1))).toBe('abcdefghij');
      });

      it('refuses an attempt once a later one has begun', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        await elsewhere.begin(sessionId, 2, [restart]);
        await expect(stream.append(sessionId, 1, [token('late')])).rejects.toThrow(FencedError);
        await elsewhere.append(sessionId, 2, [token('b'), done]);
        expect(textOf(await drain(stream.read(sessionId, 0, signal)))).toBe('b');
      });

      it('refuses one session without harm to the others that are written at once', async () => {
        const sessionIds = Array.from({ length: 20 }, () => randomUUID());
        await Promise.all(sessionIds.map((id) => stream.begin(id, 1, [])));
        await elsewhere.begin(sessionIds[7] ?? '', 2, [restart]);
        const outcomes = await Promise.allSettled(
          sessionIds.map((id) => stream.append(id, 1, [token('a'), token('b')])),
        );
        for (const [index, outcome] of outcomes.entries()) {
          if (index === 7) expect(outcome).toMatchObject({ reason: expect.any(FencedError) });
          else expect(outcome).toEqual({ status: 'fulfilled', value: 2 });
        }
      });

      it('keeps each session in order, however many are written side by side', async () => {
        const sessionIds = Array.from({ length: 20 }, () => randomUUID());
        const write = async (id: string) => {
          await stream.begin(id, 1, []);
          const numbers: Promise<number>[] = [];
          for (let i = 0; i < 30; i++) {
            numbers.push(stream.append(id, 1, [token(`${i},`)]));
            if (i % 7 === 0) await numbers.at(-1);
          }
          numbers.push(stream.append(id, 1, [done]));
          return Promise.all(numbers);
        };
        const readings = sessionIds.map((id) => drain(elsewhere.read(id, 0, signal)));
        const written = await Promise.all(sessionIds.map(write));
        for (const numbers of written) expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        const text = Array.from({ length: 30 }, (_, i) => `${i},`).join('');
        for (const events of await Promise.all(readings)) expect(textOf(events)).toBe(text);
      });

      it('refuses everything after a final event', async () => {
        await stream.begin(sessionId, 1, []);
        await stream.append(sessionId, 1, [token('a'), done]);
        await expect(stream.append(sessionId, 1, [token('b')])).rejects.toThrow(FencedError);
      });

      it('refuses what is sent together with a final event and after it', async () => {
        await stream.begin(sessionId, 1, []);
        const appends = [[token('a')], [done], [token('b')]].map((events) =>
          stream.append(sessionId, 1, events),
        );
        expect((await Promise.allSettled(appends)).map(({ status }) => status)).toEqual([
          ...['fulfilled', 'fulfilled', 'rejected'],
        ]);
        expect(textOf(await drain(elsewhere.read(sessionId, 0, signal)))).toBe('a');
      });

      it('refuses a session that has no log', async () => {
        await expect(stream.append(sessionId, 1, [token('a')])).rejects.toThrow(FencedError);
      });
    });

    describe('hasEnded', () => {
      it('is so for a log with a final event alone', async () => {
        expect(await stream.hasEnded(sessionId)).toBe(false);
        await stream.begin(sessionId, 1, []);
        expect(await elsewhere.hasEnded(sessionId)).toBe(false);
        await stream.append(sessionId, 1, [done]);
        expect(await elsewhere.hasEnded(sessionId)).toBe(true);
        await stream.begin(sessionId, 2, [restart]);
        expect(await elsewhere.hasEnded(sessionId)).toBe(false);
        await stream.begin(sessionId, 3, [restart, done]);
        expect(await elsewhere.hasEnded(sessionId)).toBe(true);
      });
    });

    describe('read', () => {
      it('joins the adjacent text of the past into one event with the last number', async () => {
        await stream.begin(sessionId, 1, [{ type: 'reasoning', content: 'h' }]);
        await stream.append(sessionId, 1, [{ type: 'reasoning', content: 'm' }, token('y'), token('e')]);
        await stream.append(sessionId, 1, [token('s'), done]);
        expect(await drain(elsewhere.read(sessionId, 0, signal))).toEqual([
          { type: 'reasoning', content: 'hm', sequence: 2 },
          { type: 'token', content: 'yes', sequence: 5 },
          { ...done, sequence: 6 },
        ]);
      });

      it('gives only what comes after the cursor', async () => {
        await stream.begin(sessionId, 1, [token('a'), token('b'), token('c'), done]);
        expect(await drain(elsewhere.read(sessionId, 2, signal))).toEqual([
          { ...token('c'), sequence: 3 },
          { ...done, sequence: 4 },
        ]);
      });

      it('follows after the past has been given', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        const reader = elsewhere.read(sessionId, 0, signal);
        expect(await take(reader, 1)).toEqual([{ ...token('a'), sequence: 1 }]);
        const next = reader.next();
        await stream.append(sessionId, 1, [token('b')]);
        expect(await next).toEqual({ done: false, value: { ...token('b'), sequence: 2 } });
        await stream.append(sessionId, 1, [done]);
        expect(await drain(reader)).toEqual([{ ...done, sequence: 3 }]);
      });

      it('waits for a session that has no log yet', async () => {
        const events = drain(elsewhere.read(sessionId, 0, signal));
        await stream.begin(sessionId, 1, []);
        await stream.append(sessionId, 1, [token('a'), done]);
        expect(textOf(await events)).toBe('a');
      });

      it('ends at once for a reader that has the final event', async () => {
        await stream.begin(sessionId, 1, [token('a'), done]);
        expect(await drain(elsewhere.read(sessionId, 2, signal))).toEqual([]);
      });

      it('gives all of the current attempt to a cursor of an earlier one', async () => {
        await stream.begin(sessionId, 1, [token('a'), token('b'), token('c')]);
        await stream.begin(sessionId, 2, [restart, token('d'), done]);
        const events = await drain(elsewhere.read(sessionId, 3, signal));
        expect(events[0]).toEqual({ ...restart, sequence: ATTEMPT_SPAN + 1 });
        expect(textOf(events)).toBe('d');
      });

      it('waits where the cursor is beyond all that is known', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        const next = elsewhere.read(sessionId, 2, signal).next();
        await stream.append(sessionId, 1, [token('b')]);
        await stream.append(sessionId, 1, [token('c')]);
        expect((await next).value).toEqual({ ...token('c'), sequence: 3 });
      });

      it('goes on with the next attempt', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        const reader = elsewhere.read(sessionId, 0, signal);
        expect(textOf(await take(reader, 1))).toBe('a');
        await stream.begin(sessionId, 2, [restart]);
        await stream.append(sessionId, 2, [token('b'), done]);
        expect(textOf(await drain(reader))).toBe('b');
      });

      it('gathers text for a reader that is slow', async () => {
        await stream.begin(sessionId, 1, [token('first')]);
        const [slow, quick] = [elsewhere.read(sessionId, 0, signal), elsewhere.read(sessionId, 0, signal)];
        await take(slow, 1);
        for (const letter of 'abc') await stream.append(sessionId, 1, [token(letter)]);
        await stream.append(sessionId, 1, [done]);
        await drain(quick);
        expect(await drain(slow)).toEqual([
          { ...token('abc'), sequence: 4 },
          { ...done, sequence: 5 },
        ]);
      });

      it('spares a slow reader the attempt that was given up', async () => {
        await stream.begin(sessionId, 1, [token('first')]);
        const [slow, quick] = [elsewhere.read(sessionId, 0, signal), elsewhere.read(sessionId, 0, signal)];
        await take(slow, 1);
        await stream.append(sessionId, 1, [token('lost')]);
        await stream.begin(sessionId, 2, [restart]);
        await stream.append(sessionId, 2, [done]);
        await drain(quick);
        expect((await drain(slow)).map(({ type }) => type)).toEqual(['restart', 'done']);
      });

      it('gives a reader that fell far behind every character, in runs of bounded length', async () => {
        await stream.begin(sessionId, 1, [token('first ')]);
        const [slow, quick] = [elsewhere.read(sessionId, 0, signal), elsewhere.read(sessionId, 0, signal)];
        const text = textOf(await take(slow, 1));
        const all = drain(quick);
        for (let run = 0; run < 30; run++) {
          const pieces = Array.from({ length: 100 }, (_, piece) =>
            token(`${run}.${piece} ${'x世'.repeat(60)} `),
          );
          await stream.append(sessionId, 1, pieces);
        }
        await stream.append(sessionId, 1, [done]);
        const expected = textOf(await all);
        expect(expected.length).toBeGreaterThan(2 * MAX_WEIGHT);

        const rest = await drain(slow);
        expect(text + textOf(rest)).toBe(expected);
        expect(rest.at(-1)?.type).toBe('done');
        const late = await drain(elsewhere.read(sessionId, 0, signal));
        expect(textOf(late)).toBe(expected);
        for (const events of [rest, late]) {
          const sequences = events.map(({ sequence }) => sequence);
          expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
          for (const event of events) expect(textOf([event]).length).toBeLessThanOrEqual(MAX_WEIGHT);
        }
      });

      it('gives a reader that fell behind the attempt that came meanwhile', async () => {
        await stream.begin(sessionId, 1, [token('first ')]);
        const slow = elsewhere.read(sessionId, 0, signal);
        await take(slow, 1);
        const lost = token('lost'.repeat(MAX_WEIGHT / 16));
        for (let run = 0; run < 10; run++) await stream.append(sessionId, 1, [lost]);
        await stream.begin(sessionId, 2, [restart]);
        await stream.append(sessionId, 2, [token('kept'), done]);
        const events = await drain(slow);
        expect(events.slice(-3).map(({ type }) => type)).toEqual(['restart', 'token', 'done']);
        expect(textOf(events)).toBe('kept');
      });

      it('keeps every character whole', async () => {
        const pieces = ['Grüße, ', '世界 ', '👩‍👩‍👧 ', '"\\\n\u2028\u0000', '🏳️‍🌈'];
        await stream.begin(sessionId, 1, [token(pieces[0] ?? '')]);
        const live = drain(elsewhere.read(sessionId, 0, signal));
        for (const piece of pieces.slice(1)) await stream.append(sessionId, 1, [token(piece)]);
        await stream.append(sessionId, 1, [done]);
        expect(textOf(await live)).toBe(pieces.join(''));
        expect(textOf(await drain(elsewhere.read(sessionId, 0, signal)))).toBe(pieces.join(''));
      });

      it('ends without throwing when the signal aborts while it waits', async () => {
        const leaving = new AbortController();
        const next = elsewhere.read(sessionId, 0, leaving.signal).next();
        await nextTurn();
        leaving.abort();
        expect(await next).toEqual({ done: true, value: undefined });
      });

      it('gives nothing where the signal has aborted before', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        expect(await drain(elsewhere.read(sessionId, 0, AbortSignal.abort()))).toEqual([]);
      });

      it('gives nothing more once the signal has aborted', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        const leaving = new AbortController();
        const reader = elsewhere.read(sessionId, 0, leaving.signal);
        await take(reader, 1);
        await stream.append(sessionId, 1, [token('b'), done]);
        leaving.abort();
        expect(await drain(reader)).toEqual([]);
      });

      it.each(['waits', 'has yet to take something', 'has yet to take the end'])(
        'says once why a reader was sent away who %s, and nothing else',
        async (state) => {
          await stream.begin(sessionId, 1, [token('a')]);
          const ending = new AbortController();
          const reader = elsewhere.read(sessionId, 0, ending.signal);
          await take(reader, 1);
          const waiting = state === 'waits' ? reader.next() : undefined;
          if (!waiting) await stream.append(sessionId, 1, [token('b')]);
          if (state === 'has yet to take the end') await stream.append(sessionId, 1, [done]);
          await nextTurn();
          const error = new AppError('UNAUTHENTICATED', 'signed out');
          ending.abort(error);
          await expect(waiting ?? reader.next()).rejects.toBe(error);
          expect(await drain(reader)).toEqual([]);
        },
      );

      it('loses nothing to a reader that comes as the last one leaves', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        const early = elsewhere.read(sessionId, 0, signal);
        await take(early, 1);
        for (const letter of 'bcdefg') {
          void early.return?.();
          const late = elsewhere.read(sessionId, 0, signal);
          const before = textOf(await take(late, 1));
          const next = late.next();
          await stream.append(sessionId, 1, [token(letter)]);
          expect((await next).value).toMatchObject(token(letter));
          expect(before.at(-1)).toBe(String.fromCharCode(letter.charCodeAt(0) - 1));
          await late.return?.();
        }
      });

      it('answers a waiting next() when it is returned', async () => {
        const reader = elsewhere.read(sessionId, 0, signal);
        const next = reader.next();
        await reader.return?.();
        expect(await next).toEqual({ done: true, value: undefined });
        expect(await reader.next()).toEqual({ done: true, value: undefined });
      });

      it('leaves nothing behind, however its readers leave', async () => {
        await stream.begin(sessionId, 1, [token('a')]);
        const leaving = new AbortController();
        const readers = Array.from({ length: 30 }, () => elsewhere.read(sessionId, 0, leaving.signal));
        const parked = readers.map(async (reader) => {
          await take(reader, 1);
          return reader.next();
        });
        for (const reader of readers.slice(0, 10)) await reader.return?.();
        await stream.append(sessionId, 1, [token('b')]);
        leaving.abort();
        await Promise.all(parked);
        const finished = elsewhere.read(sessionId, 0, signal);
        await stream.append(sessionId, 1, [done]);
        await drain(finished);
        expect(getEventListeners(leaving.signal, 'abort')).toEqual([]);
        expect(getEventListeners(signal, 'abort')).toEqual([]);
        await until(async () => (await fixture.held()) === 0);
      });

      it('gives fifty restless readers every character once', async () => {
        const random = seeded(20261123);
        const pick = (bound: number) => Math.floor(random() * bound);
        const words = ['a', 'é', '世界', '👩‍👩‍👧', ' ', '"\\"'];
        const attempts = [1, 2].map(() => Array.from({ length: 150 }, () => words[pick(words.length)] ?? ''));

        const readToEnd = async (cursor: number): Promise<string> => {
          let text = '';
          for (let ended = false; !ended;) {
            const reader = elsewhere.read(sessionId, cursor, signal);
            for (const event of await take(reader, 1 + pick(20))) {
              expect(event.sequence).toBeGreaterThan(cursor);
              cursor = event.sequence;
              text = event.type === 'restart' ? '' : text + textOf([event]);
              ended = event.type === 'done';
            }
            await reader.return?.();
          }
          return text;
        };

        await stream.begin(sessionId, 1, []);
        const readers = Array.from({ length: 50 }, () => readToEnd(pick(10)));
        for (const [index, words] of attempts.entries()) {
          if (index > 0) await stream.begin(sessionId, index + 1, [restart]);
          for (let from = 0; from < words.length;) {
            const count = 1 + pick(5);
            await stream.append(sessionId, index + 1, words.slice(from, from + count).map(token));
            from += count;
            if (pick(4) === 0) await nextTurn();
          }
        }
        await stream.append(sessionId, 2, [done]);
        const expected = attempts[1]?.join('');
        for (const text of await Promise.all(readers)) expect(text).toBe(expected);
        await until(async () => (await fixture.held()) === 0);
      });
    });
  });
}

/** Random numbers that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
