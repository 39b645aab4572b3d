import { describe, expect, it, jest } from '@jest/globals';
import { AppError } from '../errors/app-error.js';
import type { ChatRevision } from './chat-changes.js';
import { ChatListReading } from './chat-list-reading.js';
import type { Chat } from './chat.js';

const changed = (id: string, revision: number, title = id): ChatRevision => ({
  type: 'changed',
  revision: BigInt(revision),
  chat: { id, title } as Chat,
});
const deleted = (chatId: string, revision: number): ChatRevision => ({
  type: 'deleted',
  revision: BigInt(revision),
  chatId,
});

describe(ChatListReading.name, () => {
  const reader = (knownUpTo: number, at = 1_000) =>
    new ChatListReading({ knownUpTo: BigInt(knownUpTo), at }, () => undefined);
  const take = (reading: ChatListReading, knownUpTo: number, changes: ChatRevision[], at = 1_000) =>
    reading.take({ knownUpTo: BigInt(knownUpTo), at, changes: [] }, changes);
  /** What it tells next, as the title, the id of what is deleted, or "reset". */
  async function next(reading: ChatListReading): Promise<[what: string, cursor: string]> {
    const { value } = await reading.next();
    if (!value) throw new Error('ended');
    const what =
      value.type === 'changed' ? value.chat.title : value.type === 'deleted' ? `-${value.chatId}` : 'reset';
    return [what, value.cursor];
  }

  it('begins with a reset for who knows nothing', async () => {
    const reading = new ChatListReading(undefined, () => undefined);
    take(reading, 7, []);
    expect(await next(reading)).toEqual(['reset', '7-1000']);
  });

  it('tells changes in their order, and what was known before as the cursor until all are told', async () => {
    const reading = reader(5);
    take(reading, 9, [changed('a', 5), deleted('b', 6), changed('c', 8)], 1_001);
    expect(await next(reading)).toEqual(['a', '5-1000']);
    expect(await next(reading)).toEqual(['-b', '5-1000']);
    expect(await next(reading)).toEqual(['c', '9-1001']);
  });

  it('waits for the next change', async () => {
    const reading = reader(5);
    const waiting = next(reading);
    take(reading, 6, []);
    take(reading, 7, [changed('a', 6)]);
    expect(await waiting).toEqual(['a', '7-1000']);
  });

  it('tells the newest state alone to who is slow', async () => {
    const reading = reader(5);
    take(reading, 6, [changed('a', 5, 'old'), changed('b', 5)]);
    take(reading, 7, [changed('a', 6, 'new')]);
    expect(await next(reading)).toEqual(['b', '5-1000']);
    expect(await next(reading)).toEqual(['new', '7-1000']);
  });

  it('tells once what is found again because older transactions still run', async () => {
    const reading = reader(5);
    take(reading, 5, [changed('late', 8)]);
    take(reading, 5, [changed('late', 8)]);
    take(reading, 9, [changed('early', 5), changed('late', 8)]);
    expect(await next(reading)).toEqual(['late', '5-1000']);
    expect(await next(reading)).toEqual(['early', '9-1000']);
  });

  it.each([
    ['was away for ten minutes', 1_600, 6, 1],
    ['missed hundreds of changes', 1_000, 6, 300],
    ['knows another database', 1_000, 2, 0],
  ])('resets who %s', async (_who, at, knownUpTo, count) => {
    const reading = reader(3);
    const changes = Array.from({ length: count }, (_, index) => changed(`${index}`, 5));
    take(reading, knownUpTo, changes, at);
    expect(await next(reading)).toEqual(['reset', `${knownUpTo}-${at}`]);
  });

  it('ends with the reason, and says once that it was left', async () => {
    const left = jest.fn();
    const reading = new ChatListReading(undefined, left);
    const waiting = reading.next();
    reading.fail(new AppError('UNAUTHENTICATED', 'signed out'));
    await expect(waiting).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await reading.return();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('ends at once for who leaves while waiting', async () => {
    const reading = reader(5);
    const waiting = reading.next();
    await reading.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
