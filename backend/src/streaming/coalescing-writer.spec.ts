import { beforeEach, describe, expect, it } from '@jest/globals';
import { CoalescingWriter } from './coalescing-writer.js';
import { InMemoryTokenStream } from './in-memory-token-stream.js';
import type { NewMessageEvent } from './message-event.js';
import { restart, token } from './testing/reading.js';
import { FencedError } from './token-stream.js';

/** A stream whose appends return when the test says so. */
class SlowTokenStream extends InMemoryTokenStream {
  readonly appends: (readonly NewMessageEvent[])[] = [];
  readonly #answers: (() => void)[] = [];

  override async append(
    sessionId: string,
    attempt: number,
    events: readonly NewMessageEvent[],
  ): Promise<number> {
    this.appends.push(events);
    await new Promise<void>((answer) => this.#answers.push(answer));
    return super.append(sessionId, attempt, events);
  }

  answer(): void {
    this.#answers.shift()?.();
  }
}

describe(CoalescingWriter.name, () => {
  const text = (content: string) => ({ type: 'token', content }) as const;
  const thought = (content: string) => ({ type: 'reasoning', content }) as const;
  let stream: SlowTokenStream;
  let writer: CoalescingWriter;

  beforeEach(async () => {
    stream = new SlowTokenStream(60);
    await stream.begin('s', 1, []);
    writer = new CoalescingWriter(stream, 's', 1, 10);
  });

  /** Answers all appends, those too that come of it. */
  async function answerAll(): Promise<void> {
    const flushed = writer.flush();
    for (let answered = 0; answered < stream.appends.length; answered++) {
      stream.answer();
      await new Promise(setImmediate);
    }
    await flushed;
  }

  describe('begin', () => {
    it('opens the log; what is pushed meanwhile comes behind what it says', async () => {
      writer = new CoalescingWriter(stream, 's', 2);
      writer.begin([restart]);
      for (const piece of ['a', 'b']) void writer.push(text(piece));
      expect(stream.appends).toEqual([]);
      await new Promise(setImmediate);
      await answerAll();
      expect(stream.appends).toEqual([[token('ab')]]);
      await expect(stream.begin('s', 2, [restart])).rejects.toThrow(FencedError);
    });

    it('tells as of an append that the log belongs to somebody else', async () => {
      writer.begin([]);
      await expect(writer.flush()).rejects.toThrow(FencedError);
      expect(writer.signal.reason).toBeInstanceOf(FencedError);
      expect(stream.appends).toEqual([]);
    });
  });

  describe('push', () => {
    it('appends at once while no append is under way', () => {
      void writer.push(text('a'));
      expect(stream.appends).toEqual([[token('a')]]);
    });

    it('gathers while one is, and appends what has gathered as few events when it returns', async () => {
      for (const piece of ['a', 'b', 'c']) void writer.push(text(piece));
      void writer.push(thought('h'));
      void writer.push(thought('m'));
      void writer.push(text('d'));
      await answerAll();
      expect(stream.appends).toEqual([
        [token('a')],
        [token('bc'), { type: 'reasoning', content: 'hm' }, token('d')],
      ]);
    });

    it('appends at once again after a pause', async () => {
      void writer.push(text('a'));
      await answerAll();
      void writer.push(text('b'));
      expect(stream.appends).toEqual([[token('a')], [token('b')]]);
      await answerAll();
    });

    it('asks to be awaited when too much has gathered', async () => {
      expect(writer.push(text('a'))).toBeUndefined();
      expect(writer.push(text('0123456789'))).toBeUndefined();
      const room = writer.push(text('x'));
      expect(room).toBeInstanceOf(Promise);
      await answerAll();
      await room;
      expect(writer.push(text('y'))).toBeUndefined();
      await answerAll();
    });
  });

  describe('flush', () => {
    it('returns when nothing was pushed', async () => {
      await expect(writer.flush()).resolves.toBeUndefined();
    });
  });

  describe('appended', () => {
    it('is what readers have, not what was pushed', async () => {
      void writer.push(text('a'));
      void writer.push(thought('b'));
      expect(writer.appended).toEqual({ content: '', reasoning: '' });
      stream.answer();
      await new Promise(setImmediate);
      expect(writer.appended).toEqual({ content: 'a', reasoning: '' });
      stream.answer();
      await writer.flush();
      expect(writer.appended).toEqual({ content: 'a', reasoning: 'b' });
    });
  });

  describe('when another attempt has begun', () => {
    it('says so through its signal, push and flush, and appends no more', async () => {
      void writer.push(text('a'));
      await answerAll();
      await stream.begin('s', 2, [restart]);
      void writer.push(text('b'));
      void writer.push(text('c'));
      const flushed = writer.flush();
      stream.answer();
      await expect(flushed).rejects.toThrow(FencedError);
      expect(writer.signal.reason).toBeInstanceOf(FencedError);
      expect(() => writer.push(text('d'))).toThrow(FencedError);
      await expect(writer.flush()).rejects.toThrow(FencedError);
      expect(writer.appended.content).toBe('a');
      expect(stream.appends).toHaveLength(2);
    });
  });
});
