import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { EventInbox } from './event-inbox.js';
import type { MessageEvent } from './message-event.js';
import { done, drain, take, textOf, token } from './testing/reading.js';

describe(EventInbox.name, () => {
  const never = new AbortController().signal;
  const at = (sequence: number, content: string): MessageEvent => ({ type: 'token', content, sequence });

  /** An inbox, how often it was released, and the log that it is refilled from. */
  function open(signal: AbortSignal = never, maxWeight?: number) {
    const released = { times: 0 };
    const log: MessageEvent[] = [];
    const source = { refill: () => inbox.put(log), release: () => released.times++ };
    const inbox: EventInbox = new EventInbox(0, signal, source, maxWeight);
    return { inbox, released, log };
  }

  describe('put', () => {
    it('drops what it has had', async () => {
      const { inbox } = open();
      inbox.put([at(1, 'a'), at(2, 'b')]);
      inbox.put([at(2, 'b'), at(3, 'c')]);
      expect(await take(inbox, 1)).toEqual([at(3, 'abc')]);
    });

    it('hands on an event that it need not join as it is', async () => {
      const { inbox } = open();
      const event = at(1, 'a');
      inbox.put([event]);
      expect((await inbox.next()).value).toBe(event);
    });

    it('releases its source at a final event, before the reader takes it', async () => {
      const { inbox, released } = open();
      inbox.put([at(1, 'a'), { ...done, sequence: 2 }]);
      expect(released.times).toBe(1);
      expect(await drain(inbox)).toEqual([at(1, 'a'), { ...done, sequence: 2 }]);
      await inbox.return();
      expect(released.times).toBe(1);
    });
  });

  describe('when its reader falls behind', () => {
    /** A log of many small pieces and its end, put in one by one as if they came live. */
    function fallBehind(maxWeight: number) {
      const opened = open(never, maxWeight);
      for (let sequence = 1; sequence <= 1_000; sequence++)
        opened.log.push(at(sequence, `piece ${sequence} `));
      opened.log.push({ ...done, sequence: 1_001 });
      for (const event of opened.log) opened.inbox.put([event]);
      return opened;
    }

    it('takes no more than it has room for', async () => {
      const { inbox, released } = fallBehind(1_000);
      expect(inbox.behind).toBe(true);
      expect(released.times).toBe(0);
      const [first] = await take(inbox, 1);
      expect(textOf(first ? [first] : []).length).toBeLessThan(1_000);
    });

    it('gives the rest from the log, every piece once and in runs of its size', async () => {
      const { inbox, log, released } = fallBehind(1_000);
      const events = await drain(inbox);
      expect(textOf(events)).toBe(textOf(log));
      expect(events.length).toBeGreaterThan(30);
      for (const event of events) expect(textOf([event]).length).toBeLessThan(1_000);
      expect(events.at(-1)).toEqual({ ...done, sequence: 1_001 });
      expect(released.times).toBe(1);
    });

    it('gives an event that is larger than all its room alone', async () => {
      const { inbox, log } = open(never, 1_000);
      log.push(at(1, 'a'), at(2, 'b'.repeat(5_000)), at(3, 'c'), { ...done, sequence: 4 });
      inbox.put(log);
      expect((await drain(inbox)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    });

    it('answers all who wait', async () => {
      const { inbox, log } = open(never, 1_000);
      const waiting = Array.from({ length: 4 }, () => inbox.next());
      log.push(...'abc'.split('').map((letter, index) => at(index + 1, letter.repeat(900))));
      log.push({ ...done, sequence: 4 });
      inbox.put(log);
      expect((await Promise.all(waiting)).map(({ value }) => (value as MessageEvent).sequence)).toEqual([
        ...[1, 2, 3, 4],
      ]);
    });

    it('fails where the log has nothing of what was missed', async () => {
      const { inbox, log, released } = fallBehind(1_000);
      log.length = 0;
      await take(inbox, 1);
      await expect(inbox.next()).rejects.toThrow('lost');
      expect(released.times).toBe(1);
    });
  });

  describe('fail', () => {
    it('throws once, after what came before', async () => {
      const { inbox, released } = open();
      inbox.put([at(1, 'a')]);
      inbox.fail(new Error('gone'));
      expect(released.times).toBe(1);
      expect(await take(inbox, 1)).toEqual([{ ...token('a'), sequence: 1 }]);
      await expect(inbox.next()).rejects.toThrow('gone');
      expect((await inbox.next()).done).toBe(true);
    });
  });

  describe('tap', () => {
    /** What came by `tap` and by `next`, in the order in which the reader got it. */
    function tapped(accepts: () => boolean = () => true) {
      const { inbox } = open();
      const got: [way: 'tap' | 'next', sequence: number][] = [];
      inbox.tap(({ sequence }) => accepts() && got.push(['tap', sequence]) > 0);
      const reading = (async () => {
        for await (const { sequence } of inbox) got.push(['next', sequence]);
      })();
      return { inbox, got, reading };
    }

    it('takes text that comes by itself while the reader waits, and nothing else', async () => {
      const { inbox, got, reading } = tapped();
      inbox.put([at(1, 'a')]);
      inbox.put([at(2, 'b')]);
      inbox.put([at(2, 'b')]);
      inbox.put([at(3, 'c'), at(4, 'd')]);
      inbox.put([at(5, 'comes before the reader has waited again')]);
      await nextTurn();
      inbox.put([at(6, 'f')]);
      inbox.put([{ ...done, sequence: 7 }]);
      await reading;
      expect(got).toEqual([
        ['tap', 1],
        ['tap', 2],
        // With what came while it was on its way.
        ['next', 4],
        ['next', 5],
        ['tap', 6],
        ['next', 7],
      ]);
    });

    it('may refuse: the reader gets it then, and what follows after it', async () => {
      let hasRoom = true;
      const { inbox, got, reading } = tapped(() => hasRoom);
      inbox.put([at(1, 'a')]);
      hasRoom = false;
      inbox.put([at(2, 'b')]);
      hasRoom = true;
      inbox.put([at(3, 'c')]);
      await nextTurn();
      inbox.put([at(4, 'd')]);
      inbox.put([{ ...done, sequence: 5 }]);
      await reading;
      expect(got).toEqual([
        ['tap', 1],
        ['next', 2],
        ['next', 3],
        ['tap', 4],
        ['next', 5],
      ]);
    });

    it('is offered nothing once the reader has left', async () => {
      const { inbox, got, reading } = tapped();
      await inbox.return();
      inbox.put([at(1, 'a')]);
      await reading;
      expect(got).toEqual([]);
    });
  });

  describe('next', () => {
    it('answers several waiting calls in order', async () => {
      const { inbox } = open();
      const waiting = [inbox.next(), inbox.next()];
      inbox.put([at(1, 'a')]);
      inbox.put([at(2, 'b')]);
      expect((await Promise.all(waiting)).map(({ value }) => value as MessageEvent)).toEqual([
        at(1, 'a'),
        at(2, 'b'),
      ]);
    });
  });
});
