import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { testViewer } from '../accounts/testing/test-viewer.js';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import type { AppError } from '../errors/app-error.js';
import { Metrics } from '../metrics/metrics.js';
import { OpenStreams } from './open-streams.js';
import type { StreamEnd, StreamKey } from './stream-repository.js';

describe(OpenStreams.name, () => {
  const log = { log: jest.fn(), error: jest.fn(), warn: jest.fn() };
  /** What is over, by session. */
  let over: Record<string, StreamEnd>;
  let lookUps: string[][];
  let away: boolean;
  let bell: InMemoryAccountBell;
  let metrics: Metrics;
  let streams: OpenStreams;

  beforeEach(() => {
    Logger.overrideLogger(log);
    jest.clearAllMocks();
    over = {};
    lookUps = [];
    away = false;
    bell = new InMemoryAccountBell();
    metrics = new Metrics();
    const repository = {
      ended: (keys: readonly StreamKey[]) => {
        lookUps.push(keys.map(({ sessionId = '' }) => sessionId));
        if (away) return Promise.reject(new Error('away'));
        const ends = keys.flatMap(({ sessionId = '' }, index) => {
          const end = over[sessionId];
          return end ? [{ index, end }] : [];
        });
        return Promise.resolve(ends);
      },
    };
    streams = new OpenStreams(repository, bell, metrics);
    streams.onModuleInit();
  });
  afterEach(() => streams.onModuleDestroy());

  /** A stream of a user, and the codes that it was ended with. */
  function open(userId: string, sessionId: string) {
    const codes: string[] = [];
    const remove = streams.add(testViewer({ id: userId }), sessionId, ({ code }: AppError) =>
      codes.push(code),
    );
    return { codes, remove };
  }

  /** What was begun in this turn has been done. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const openCount = async () => (await metrics.openStreams.get()).values[0]?.value;

  it('looks at once at the streams of a user for whom the bell rings, and at nobody else’s', async () => {
    const [ada, grace] = [open('ada', 'a'), open('grace', 'g')];
    over = { a: 'access-over', g: 'access-over' };
    bell.ring('ada');
    await settle();
    expect(lookUps).toEqual([['a']]);
    expect([ada.codes, grace.codes]).toEqual([['UNAUTHENTICATED'], []]);
  });

  it('looks at all in one statement in each round, and ends those that are over', async () => {
    const all = ['a', 'b', 'c'].map((session, i) => open(`user ${i % 2}`, session));
    over = { b: 'session-over', c: 'access-over' };
    await streams.round();
    expect(lookUps.map((sessions) => sessions.sort())).toEqual([['a', 'b', 'c']]);
    expect(all.map(({ codes }) => codes)).toEqual([[], ['SESSION_EXPIRED'], ['UNAUTHENTICATED']]);
  });

  it('leaves it to whoever wrote a reply to tell that its chat was deleted, for a round', async () => {
    const { codes } = open('ada', 'a');
    over = { a: 'session-gone' };
    await streams.round();
    expect(codes).toEqual([]);
    await streams.round();
    expect(codes).toEqual(['NOT_FOUND']);
  });

  it('asks for nothing where nothing is open, and no more for what was left', async () => {
    await streams.round();
    bell.ring('ada');
    const { codes, remove } = open('ada', 'a');
    over = { a: 'access-over' };
    remove();
    remove();
    await streams.round();
    expect(lookUps).toEqual([]);
    expect(codes).toEqual([]);
    expect(await openCount()).toBe(0);
  });

  it('counts what is open', async () => {
    const { remove } = open('ada', 'a');
    open('ada', 'b');
    expect(await openCount()).toBe(2);
    remove();
    expect(await openCount()).toBe(1);
  });

  it('ends nothing while the database is away, says so once, and looks again', async () => {
    const { codes } = open('ada', 'a');
    over = { a: 'access-over' };
    away = true;
    await streams.round();
    await streams.round();
    expect(codes).toEqual([]);
    expect(log.warn).toHaveBeenCalledTimes(1);
    away = false;
    await streams.round();
    expect(codes).toEqual(['UNAUTHENTICATED']);
  });

  it('comes round by itself every few seconds as long as something is open', () => {
    jest.useFakeTimers();
    try {
      const { remove } = open('ada', 'a');
      jest.advanceTimersByTime(3_000);
      expect(lookUps).toHaveLength(1);
      remove();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
