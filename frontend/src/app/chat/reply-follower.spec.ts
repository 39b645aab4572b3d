import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { Chance } from '../browser/chance';
import { Failure } from '../graphql/failure';
import { ChatApi } from './chat-api';
import { ReplyFollower, type FollowStep } from './reply-follower';
import { FakeChatApi } from './testing/fake-chat-api';
import { aReply, done, token } from './testing/messages';

describe(ReplyFollower.name, () => {
  let api: FakeChatApi;
  let steps: FollowStep[];
  let ending: unknown;
  let reading: Subscription;

  const cut = () => new Failure('UNREACHABLE', 'The line is dead.');
  const sequences = () => steps.flatMap((step) => (step.type === 'event' ? [step.event.sequence] : []));
  const follow = (after = 0) => {
    reading = TestBed.inject(ReplyFollower)
      .follow('s1', after)
      .subscribe({
        next: (step) => steps.push(step),
        error: (error: unknown) => (ending = error),
        complete: () => (ending = 'complete'),
      });
  };

  beforeEach(() => {
    jest.useFakeTimers();
    api = new FakeChatApi();
    steps = [];
    ending = undefined;
    const chance = { fraction: () => 1, key: () => 'key' };
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatApi, useValue: api },
        { provide: Chance, useValue: chance },
      ],
    });
  });

  afterEach(() => {
    reading.unsubscribe();
    jest.useRealTimers();
  });

  it('reads to the final event and closes the stream', () => {
    follow();
    api.streams[0]?.events.next(token(1, 'Hi'));
    api.streams[0]?.events.next(done(2, aReply()));
    expect(sequences()).toEqual([1, 2]);
    expect(ending).toBe('complete');
    expect(api.streams[0]?.events.observed).toBe(false);
  });

  it('comes back after a cut with the number of the last event', () => {
    follow();
    api.streams[0]?.events.next(token(5, 'Hi'));
    api.streams[0]?.events.error(cut());
    expect(steps.at(-1)).toEqual({ type: 'cut' });
    jest.advanceTimersByTime(300);
    expect(api.streams.map(({ after }) => after)).toEqual([0, 5]);
    api.streams[1]?.connected();
    expect(steps.at(-1)).toEqual({ type: 'connected' });
  });

  it('also comes back when the server closes the stream before the reply has ended', () => {
    follow(3);
    api.streams[0]?.events.complete();
    jest.advanceTimersByTime(300);
    expect(api.streams.map(({ after }) => after)).toEqual([3, 3]);
  });

  it('waits longer after every failed attempt, ten seconds at most, and less again once an event came', () => {
    follow();
    for (const pause of [300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000]) {
      const attempts = api.streams.length;
      api.streams.at(-1)?.events.error(cut());
      jest.advanceTimersByTime(pause - 1);
      expect(api.streams).toHaveLength(attempts);
      jest.advanceTimersByTime(1);
      expect(api.streams).toHaveLength(attempts + 1);
    }
    api.streams.at(-1)?.events.next(token(1, 'Hi'));
    const attempts = api.streams.length;
    api.streams.at(-1)?.events.error(cut());
    jest.advanceTimersByTime(300);
    expect(api.streams).toHaveLength(attempts + 1);
  });

  it('waits for as long as the server says, where it came too often', () => {
    follow();
    api.streams[0]?.events.error(new Failure('RATE_LIMITED', 'Slower.', { retryAfterMs: 20_000 }));
    jest.advanceTimersByTime(20_299);
    expect(api.streams).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(api.streams).toHaveLength(2);
  });

  it('does not wait once the network is back', () => {
    follow();
    for (let times = 0; times < 6; times++) {
      api.streams.at(-1)?.events.error(cut());
      if (times < 5) jest.runOnlyPendingTimers();
    }
    const attempts = api.streams.length;
    window.dispatchEvent(new Event('online'));
    expect(api.streams).toHaveLength(attempts + 1);
  });

  it('gives up a connection at once when the network goes', () => {
    follow();
    window.dispatchEvent(new Event('offline'));
    expect(steps).toEqual([{ type: 'cut' }]);
    expect(api.streams[0]?.events.observed).toBe(false);
  });

  it('ends when the server says that the session is gone', () => {
    follow();
    const gone = new Failure('SESSION_EXPIRED', 'This session has expired.');
    api.streams[0]?.events.error(gone);
    expect(ending).toBe(gone);
    jest.runAllTimers();
    expect(api.streams).toHaveLength(1);
  });

  it('stops trying when nobody reads any more', () => {
    follow();
    api.streams[0]?.events.error(cut());
    reading.unsubscribe();
    jest.runAllTimers();
    expect(api.streams).toHaveLength(1);
  });
});
