import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { InMemoryAccountBell } from '../bell/in-memory-account-bell.js';
import { Metrics } from '../metrics/metrics.js';
import { ChatChangeRepository, type ChatChanges, type ChatFollower } from './chat-changes.js';
import { ChatNews } from './chat-news.service.js';
import type { Chat } from './chat.js';
import { OpenStreams } from './open-streams.js';

Logger.overrideLogger(false);

/** A database with one number: all that was changed before it is known. */
class FakeChanges extends ChatChangeRepository {
  knownUpTo = 1n;
  readonly asked: string[][] = [];
  away = false;

  override since(followers: readonly ChatFollower[]): Promise<ChatChanges> {
    this.asked.push(followers.map(({ userId }) => userId));
    if (this.away) return Promise.reject(new Error('away'));
    const revision = this.knownUpTo;
    this.knownUpTo += 1n;
    const changes = followers.map(({ userId, after }) => {
      const chat = { id: `the chat of ${userId}`, title: `as of ${revision}` } as Chat;
      return after === undefined ? [] : [{ type: 'changed' as const, revision, chat }];
    });
    return Promise.resolve({ knownUpTo: this.knownUpTo, at: 0, changes });
  }
}

const viewer = (id: string): Viewer => ({ id, access: { type: 'sign-in', id: '00' } }) as unknown as Viewer;

describe(ChatNews.name, () => {
  let changes: FakeChanges;
  let bell: InMemoryAccountBell;
  let news: ChatNews;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    changes = new FakeChanges();
    bell = new InMemoryAccountBell();
    const streams = new OpenStreams({ ended: () => Promise.resolve([]) }, bell, new Metrics());
    news = new ChatNews(changes, bell, streams);
  });
  afterEach(() => {
    news.onModuleDestroy();
    jest.useRealTimers();
  });

  /** A reader who has had the first event. */
  async function reader(id: string) {
    const events = news.follow(viewer(id));
    expect(await events.next()).toMatchObject({ value: { type: 'reset' } });
    return events;
  }

  it('looks at the chats of whom the bell rings for, and at no others', async () => {
    const [ada] = [await reader('ada'), await reader('grace')];
    changes.asked.length = 0;
    bell.ring('ada');
    expect(await ada.next()).toMatchObject({ value: { type: 'changed' } });
    expect(changes.asked).toEqual([['ada']]);
  });

  it('looks together at those that were rung for while it looked', async () => {
    const readers = [await reader('ada'), await reader('grace')];
    changes.asked.length = 0;
    for (const user of ['ada', 'ada', 'grace', 'ada']) bell.ring(user);
    await Promise.all(readers.map((events) => events.next()));
    expect(changes.asked).toEqual([['ada'], ['ada', 'grace']]);
  });

  it('tells each of their own chats, also where it looked at them together', async () => {
    const users = ['ada', 'grace'];
    const readers = [await reader('ada'), await reader('grace')];
    changes.asked.length = 0;
    await jest.advanceTimersByTimeAsync(3_000);
    for (const [index, events] of readers.entries()) {
      const { value } = (await events.next()) as { value: unknown };
      expect(value).toMatchObject({ chat: { id: `the chat of ${users[index]}` } });
    }
    expect(changes.asked).toEqual([users]);
  });

  it('finds what nobody rang for within some seconds, and goes on after the database was away', async () => {
    const ada = await reader('ada');
    changes.away = true;
    await jest.advanceTimersByTimeAsync(3_000);
    changes.away = false;
    const found = ada.next();
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await found).toMatchObject({ value: { type: 'changed' } });
  });

  it('asks for nobody when all have left', async () => {
    const ada = await reader('ada');
    await ada.return?.();
    changes.asked.length = 0;
    bell.ring('ada');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(changes.asked).toEqual([]);
  });

  it('refuses what is no cursor', () => {
    for (const cursor of [
      '',
      'x',
      '1',
      '1-',
      '-1-1',
      '9223372036854775808-1',
      '18446744073709551616-1',
      '1-1-1',
    ]) {
      expect(() => news.follow(viewer('ada'), cursor)).toThrow('no cursor');
    }
  });
});
