import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'express';
import { Outlet } from './outlet.js';
import { SharedFrames } from './shared-frames.js';
import { StreamBody, type FrameSource } from './stream-body.js';

const PING = ':\n\n';

/** A response that keeps what is written to it. */
function keeping() {
  const kept = {
    ...{ written: '', writableNeedDrain: false, destroyed: false },
    write: (text: string) => (kept.written += text),
  };
  return kept;
}

function bodyOf(frames: FrameSource, response = keeping()): StreamBody {
  return new StreamBody(frames, new Outlet(response as unknown as Response));
}

describe(StreamBody.name, () => {
  afterEach(() => void jest.useRealTimers());

  it('gives a comment at once, and then what its source has', async () => {
    const frames = new SharedFrames();
    const body = bodyOf(frames);
    void frames.put('a frame');
    expect(await body.next()).toEqual({ done: false, value: PING });
    expect(await body.next()).toEqual({ done: false, value: 'a frame' });
    await body.return();
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  it('writes what its source offers at once, to a client that takes it', async () => {
    const offers: ((frame: string) => boolean)[] = [];
    const frames = Object.assign(new SharedFrames(), {
      tap: (take: (frame: string) => boolean) => offers.push(take),
    });
    const response = keeping();
    const body = bodyOf(frames, response);
    await body.next();
    const offer = (frame: string) => offers[0]?.(frame);
    expect(offer('one')).toBe(true);
    response.writableNeedDrain = true;
    expect(offer('two')).toBe(false);
    response.writableNeedDrain = false;
    response.destroyed = true;
    expect(offer('three')).toBe(false);
    expect(response.written).toBe('one');
    await body.return();
  });

  it('pings a client that takes what it gets, and nobody after its end', async () => {
    jest.useFakeTimers();
    const response = keeping();
    const body = bodyOf(new SharedFrames(), response);
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

describe(SharedFrames.name, () => {
  it('lets an operation go on when its frame has been taken', async () => {
    const frames = new SharedFrames();
    const order: string[] = [];
    const put = (text: string) => frames.put(text).then(() => order.push(`put ${text}`));
    const done = Promise.all([put('one'), put('two')]);
    for (let taken = 0; taken < 2; taken++) order.push(`took ${(await frames.next()).value}`);
    await done;
    expect(order.indexOf('put one')).toBeLessThan(order.indexOf('took two'));
  });

  it('waits for a frame, and ends at once', async () => {
    const frames = new SharedFrames();
    const first = frames.next();
    void frames.put('late');
    expect(await first).toEqual({ done: false, value: 'late' });
    const second = frames.next();
    const never = frames.put('nobody takes it').then(() => frames.put('nor this'));
    await frames.next();
    const third = frames.next();
    await frames.return();
    expect([await second, await third]).toContainEqual({ done: true, value: undefined });
    await never;
  });
});
