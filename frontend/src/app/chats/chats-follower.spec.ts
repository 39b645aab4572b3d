import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EMPTY, Subject, type Observable } from 'rxjs';
import { ViewerStore } from '../account/viewer-store';
import { Connectivity } from '../browser/connectivity';
import { Failure } from '../graphql/failure';
import { ChatsApi, type ChatListEvent, type ChatSummary } from './chats-api';
import { ChatsStore } from './chats-store';
import { ChatsFollower } from './chats-follower';
import { aChat } from './testing/chats';

const changed = (id: string, cursor: string, about: Partial<ChatSummary> = {}): ChatListEvent => ({
  __typename: 'ChatChangedEvent',
  cursor,
  chat: aChat(id, about),
});

describe(ChatsFollower.name, () => {
  let streams: { after: string | null; events: Subject<ChatListEvent> }[];
  let visible: ReturnType<typeof signal<boolean>>;
  let worthTrying: Subject<Event>;
  const viewer = { signedIn: signal(true), refreshUsage: jest.fn<() => Promise<void>>() };
  const store = { noteChanged: jest.fn(), noteDeleted: jest.fn(), load: jest.fn<() => Promise<void>>() };

  beforeEach(() => {
    jest.clearAllMocks();
    store.load.mockResolvedValue();
    streams = [];
    visible = signal(true);
    worthTrying = new Subject();
    viewer.signedIn.set(true);
    const changes = (after: string | null): Observable<ChatListEvent> => {
      const events = new Subject<ChatListEvent>();
      streams.push({ after, events });
      return events;
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatsApi, useValue: { changes } },
        { provide: ChatsStore, useValue: store },
        { provide: ViewerStore, useValue: viewer },
        { provide: Connectivity, useValue: { visible, lost: EMPTY, worthTrying } },
      ],
    });
    TestBed.inject(ChatsFollower);
    TestBed.tick();
  });

  it('tells the list what changes, what is deleted, and when to load anew', () => {
    const { events } = streams[0]!;
    events.next({ __typename: 'ChatListResetEvent', cursor: '1' });
    events.next(changed('a', '2'));
    events.next({ __typename: 'ChatDeletedEvent', cursor: '3', chatId: 'b' });
    expect(store.load).toHaveBeenCalledTimes(1);
    expect(store.noteChanged).toHaveBeenCalledWith(aChat('a'));
    expect(store.noteDeleted).toHaveBeenCalledWith('b');
  });

  it('says when the list was read anew, and whether there was any news before', async () => {
    const resets: boolean[] = [];
    TestBed.inject(ChatsFollower).reset.subscribe(({ first }) => resets.push(first));
    const read = Promise.withResolvers<void>();
    store.load.mockReturnValueOnce(read.promise);
    const reset = (cursor: string): void =>
      streams[0]!.events.next({ __typename: 'ChatListResetEvent', cursor });
    reset('1');
    await Promise.resolve();
    expect(resets).toEqual([]);
    read.resolve();
    await read.promise;
    expect(resets).toEqual([true]);
    reset('9');
    await Promise.resolve();
    expect(resets).toEqual([true, false]);
  });

  it('has what is left of the plan asked for when a reply may have ended, in whichever chat', () => {
    const { events } = streams[0]!;
    events.next({ __typename: 'ChatListResetEvent', cursor: '1' });
    expect(viewer.refreshUsage).not.toHaveBeenCalled();
    events.next({ __typename: 'ChatListResetEvent', cursor: '9' });
    expect(viewer.refreshUsage).toHaveBeenCalledTimes(1);
    const activeSession = { __typename: 'ChatSession', id: 's1' } as const;
    events.next(changed('a', '10', { activeSession }));
    expect(viewer.refreshUsage).toHaveBeenCalledTimes(1);
    events.next(changed('a', '11'));
    expect(viewer.refreshUsage).toHaveBeenCalledTimes(2);
    events.next(changed('b', '12'));
    expect(viewer.refreshUsage).toHaveBeenCalledTimes(3);
  });

  it('asks for what is left once a reply, and not when it is read, or gets a title', () => {
    const { events } = streams[0]!;
    events.next(changed('a', '1', { updatedAt: '2026-11-27T09:00:00Z', unread: true }));
    events.next(changed('a', '2', { updatedAt: '2026-11-27T09:00:00Z', title: 'Tides' }));
    events.next(changed('a', '3', { updatedAt: '2026-11-27T09:00:00Z' }));
    expect(viewer.refreshUsage).toHaveBeenCalledTimes(1);
    // Its beginning was never heard of: news that come late are told as one.
    events.next(changed('a', '4', { updatedAt: '2026-11-27T09:01:00Z', unread: true }));
    expect(viewer.refreshUsage).toHaveBeenCalledTimes(2);
  });

  it('comes back after a cut with the cursor of the last event', () => {
    streams[0]!.events.next(changed('a', '7'));
    streams[0]!.events.error(new Failure('UNREACHABLE', 'cut'));
    worthTrying.next(new Event('online'));
    expect(streams.map(({ after }) => after)).toEqual([null, '7']);
  });

  it('is silent while nobody looks, and goes on from where it was', () => {
    streams[0]!.events.next(changed('a', '7'));
    visible.set(false);
    TestBed.tick();
    expect(streams[0]!.events.observed).toBe(false);
    visible.set(true);
    TestBed.tick();
    expect(streams.map(({ after }) => after)).toEqual([null, '7']);
  });

  it('asks for nobody, and not again for who was signed out', () => {
    streams[0]!.events.error(new Failure('UNAUTHENTICATED', 'signed out'));
    worthTrying.next(new Event('online'));
    expect(streams).toHaveLength(1);
    viewer.signedIn.set(false);
    TestBed.tick();
    expect(streams).toHaveLength(1);
  });
});
