import { describe, expect, it } from '@jest/globals';
import { EventInbox } from './event-inbox.js';
import type { MessageEvent } from './message-event.js';
import { done, drain, take, token } from './testing/reading.js';

describe(EventInbox.name, () => {
  const never = new AbortController().signal;
  const at = (sequence: number, content: string): MessageEvent => ({ type: 'token', content, sequence });

  /** An inbox and how often it was released. */
  function open(signal: AbortSignal = never) {
    const released = { times: 0 };
    const inbox = new EventInbox(0, signal, () => released.times++);
    return { inbox, released };
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
