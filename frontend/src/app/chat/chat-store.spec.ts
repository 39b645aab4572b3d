import { TestBed } from '@angular/core/testing';
import { AccountApi, type Viewer } from '../account/account-api';
import { OPEN, aUsage, aViewer, used } from '../account/testing/viewers';
import { BrowserStorage } from '../browser/browser-storage';
import { KeptData } from '../browser/kept-data';
import { FakeKeptData } from '../browser/testing/fake-kept-data';
import { FakeStorage } from '../browser/testing/fake-storage';
import { Subject } from 'rxjs';
import { ChatsApi, type ChatListEvent, type ListedChat } from '../chats/chats-api';
import { ChatsStore } from '../chats/chats-store';
import { aChat } from '../chats/testing/chats';
import { Failure, type FailureCode } from '../graphql/failure';
import { ModelsApi } from '../models/models-api';
import { ModelsStore } from '../models/models-store';
import { aModel } from '../models/testing/models';
import { AttachmentsApi } from './attachments/attachments-api';
import { FakeAttachmentsApi } from './attachments/testing/fake-attachments-api';
import { ChatApi } from './chat-api';
import { ChatStore } from './chat-store';
import { ComposerStore } from './composer-store';
import { NEW_CONVERSATION, type Conversation } from './conversation';
import { FakeChatApi, settle } from './testing/fake-chat-api';
import { aMessage, aReply, aSession, anOpenedChat, done, token } from './testing/messages';

const GUEST = aViewer({ usage: aUsage({ messagesToday: used(9, 10) }) });

describe(ChatStore.name, () => {
  let api: FakeChatApi;
  let store: ChatStore;
  let composer: ComposerStore;
  let viewer: Viewer | null;
  let guests: number;
  let viewersAsked: number;
  let kept: FakeKeptData;
  let away: boolean;
  let marked: string[];
  let listed: ListedChat[];
  let news: Subject<ChatListEvent>;

  const shown = () => store.conversation().entries.map(({ message }) => message.content);
  const refuse = (code: FailureCode) => api.starts.at(-1)?.reject(new Failure(code, 'no'));

  /** A chat with one question whose reply is being written as session s1. */
  const asking = async (question = 'Hello') => {
    void store.send(question);
    await settle();
    api.starts.at(-1)?.resolve(aSession({ user: aMessage({ content: question }) }));
    await settle();
  };

  beforeEach(async () => {
    api = new FakeChatApi();
    viewer = GUEST;
    guests = 0;
    viewersAsked = 0;
    kept = new FakeKeptData();
    away = false;
    marked = [];
    listed = [];
    news = new Subject();
    const answer = <T>(value: T) =>
      away ? Promise.reject(new Failure('UNREACHABLE', 'gone')) : Promise.resolve(value);
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatApi, useValue: api },
        { provide: AttachmentsApi, useValue: new FakeAttachmentsApi() },
        { provide: BrowserStorage, useValue: new FakeStorage() },
        { provide: KeptData, useValue: kept },
        {
          provide: AccountApi,
          useValue: {
            viewer: () => answer((viewersAsked++, { viewer, installation: OPEN })),
            continueAsGuest: () => Promise.resolve((guests++, GUEST)),
          },
        },
        {
          provide: ChatsApi,
          useValue: {
            list: () => Promise.resolve({ chats: listed, next: null }),
            changes: () => news,
            markRead: (id: string) => Promise.resolve(void marked.push(id)),
          },
        },
        {
          provide: ModelsApi,
          useValue: { list: () => Promise.resolve([aModel('demo/a'), aModel('demo/b')]) },
        },
      ],
    });
    await TestBed.inject(ModelsStore).load();
    store = TestBed.inject(ChatStore);
    composer = TestBed.inject(ComposerStore);
  });

  describe('two models', () => {
    const streams = () => api.streams.map(({ sessionId }) => sessionId);
    const beside = (about = {}) => aReply({ id: 'r2', parentId: 'm1', ...about });
    const theirs = aSession({ id: 's2', reply: beside({ status: 'PENDING' }) });

    /** Both are being written, as sessions s1 and s2. */
    const comparing = async () => {
      store.chooseRival('demo/b');
      await asking();
      api.comparisons[0]?.resolve(theirs);
      await settle();
    };

    it('are chosen for one chat: left and opened again, it has the second still, and a new one has none', async () => {
      store.chooseRival('demo/b');
      await asking();
      expect(store.rival()?.id).toBe('demo/b');
      await store.open(null);
      expect(store.rival()).toBeNull();
      void store.open('c1');
      expect(store.rival()?.id).toBe('demo/b');
      store.chooseRival(null);
      void store.open(null);
      void store.open('c1');
      expect(store.rival()).toBeNull();
    });

    it('have their places in the frame after Enter, and the second is asked when the message is there', async () => {
      store.chooseRival('demo/b');
      void store.send('Hello');
      expect(store.companion()?.message).toMatchObject({ status: 'PENDING', model: { id: 'demo/b' } });
      await settle();
      expect(api.comparisons).toHaveLength(0);
      api.starts[0]?.resolve(aSession());
      await settle();
      expect(api.comparisons).toMatchObject([{ comparison: { messageId: 'm1', modelId: 'demo/b' } }]);
    });

    it('are written at once, and the page is busy until both have ended', async () => {
      await comparing();
      expect(streams()).toEqual(['s1', 's2']);
      api.streams[0]?.events.next(token(1, 'one'));
      api.streams[1]?.events.next(token(1, 'two'));
      expect(shown()).toEqual(['Hello', 'one']);
      expect(store.companion()?.message.content).toBe('two');
      api.streams[0]?.events.next(done(2, aReply({ content: 'one' })));
      expect([store.replyBusy(), store.busy()]).toEqual([false, true]);
      api.streams[1]?.events.next(done(2, beside({ content: 'two' })));
      expect(store.busy()).toBe(false);
    });

    it('are taken back together when the message is refused', async () => {
      store.chooseRival('demo/b');
      void store.send('Hello');
      await settle();
      refuse('QUOTA_EXCEEDED');
      await settle();
      expect([store.companion(), api.comparisons.length, store.busy()]).toEqual([null, 0, false]);
    });

    it('are one where the second is refused, and it is asked for again by the same key', async () => {
      store.chooseRival('demo/b');
      await asking();
      api.comparisons[0]?.reject(new Failure('UNREACHABLE', 'no'));
      await settle();
      expect(store.companion()).toBeNull();
      expect(store.failure()?.failure.code).toBe('UNREACHABLE');
      void store.tryAgain();
      await settle();
      expect(store.failure()).toBeNull();
      expect(api.comparisons[1]?.comparison).toEqual(api.comparisons[0]?.comparison);
    });

    it('are stopped together, also before the second has its session', async () => {
      store.chooseRival('demo/b');
      await asking();
      void store.stop();
      expect(api.stops.map(({ sessionId }) => sessionId)).toEqual(['s1']);
      api.comparisons[0]?.resolve(theirs);
      await settle();
      expect(api.stops.map(({ sessionId }) => sessionId)).toEqual(['s1', 's2']);
      expect(store.stopping()).toBe(true);
    });

    it('are not shown to who has gone to another chat meanwhile', async () => {
      store.chooseRival('demo/b');
      await asking();
      void store.open('c2');
      api.comparisons[0]?.resolve(theirs);
      await settle();
      expect(store.companion()).toBeNull();
      expect(streams()).toEqual(['s1']);
    });

    it('are both picked up where a chat is opened, and are one again when one is chosen', async () => {
      const [user, mine] = [aMessage(), aReply({ parentId: 'm1', status: 'STREAMING' })];
      void store.open('c1');
      const companion = { message: beside({ status: 'STREAMING' }), session: 's2' };
      api.opens[0]?.resolve(anOpenedChat([user, mine], { session: 's1', companion }));
      await settle();
      expect(streams()).toEqual(['s1', 's2']);
      api.streams[0]?.events.next(done(1, { ...mine, status: 'COMPLETE', content: 'one' }));
      api.streams[1]?.events.next(done(1, beside({ content: 'two' })));
      void store.select('r2');
      api.selects[0]?.resolve();
      await settle();
      api.opens[1]?.resolve(anOpenedChat([user, beside({ content: 'two' })]));
      await settle();
      expect(store.companion()).toBeNull();
      expect(shown()).toEqual(['Hello', 'two']);
    });
  });

  describe('send', () => {
    it('shows the message before the server has answered anything', () => {
      void store.send('Hello');
      expect(shown()).toEqual(['Hello', '']);
      expect(store.busy()).toBe(true);
      expect(composer.text()).toBe('');
    });

    it('makes a guest of who is nobody yet, and then sends', async () => {
      viewer = null;
      await asking();
      expect(guests).toBe(1);
      expect(api.starts).toHaveLength(1);
    });

    it('gives a new chat its address, and the list the chat', async () => {
      const started: string[] = [];
      store.chatStarted.subscribe((id) => started.push(id));
      await asking();
      expect(started).toEqual(['c1']);
      expect(TestBed.inject(ChatsStore).chats()).toMatchObject([{ id: 'c1', activeSession: { id: 's1' } }]);
      await store.open('c1');
      expect(api.opens).toHaveLength(0);
    });

    it('puts the text back into the composer when it is refused, and says why', async () => {
      void store.send('Hello');
      await settle();
      refuse('MODEL_NOT_CONFIGURED');
      await settle();
      expect(composer.text()).toBe('Hello');
      expect(shown()).toEqual([]);
      expect(store.failure()?.failure.code).toBe('MODEL_NOT_CONFIGURED');
      expect(store.busy()).toBe(false);
    });

    it('asks what is left of the plan when nothing more is allowed', async () => {
      void store.send('Hello');
      await settle();
      refuse('QUOTA_EXCEEDED');
      await settle();
      expect(viewersAsked).toBe(2);
    });

    it('does not lose what was typed meanwhile', async () => {
      void store.send('Hello');
      composer.write('And then');
      await settle();
      refuse('UNREACHABLE');
      await settle();
      expect(composer.text()).toBe('Hello\n\nAnd then');
    });

    it('uses the same key when the same message is sent again, so that it is not sent twice', async () => {
      void store.send('Hello');
      await settle();
      refuse('UNREACHABLE');
      await settle();
      void store.tryAgain();
      await settle();
      expect(api.starts[1]?.input).toEqual(api.starts[0]?.input);
    });

    it('uses another key for another message', async () => {
      void store.send('Hello');
      await settle();
      refuse('UNREACHABLE');
      await settle();
      void store.send('Hello again');
      await settle();
      expect(api.starts[1]?.input.idempotencyKey).not.toBe(api.starts[0]?.input.idempotencyKey);
    });

    it('leaves another chat alone when its own comes too late', async () => {
      void store.send('Hello');
      await settle();
      void store.open('c2');
      api.opens[0]?.resolve(anOpenedChat([aMessage({ content: 'Elsewhere' })], { id: 'c2' }));
      await settle();
      refuse('UNREACHABLE');
      await settle();
      expect(shown()).toEqual(['Elsewhere']);
      expect(store.failure()).toBeNull();
      void store.open(null);
      expect(composer.text()).toBe('Hello');
    });
  });

  describe('edit', () => {
    const first = aMessage({ id: 'a', content: 'Helo' });
    const last = aMessage({ id: 'c', parentId: 'b', content: 'And then?' });

    beforeEach(async () => {
      void store.open('c1');
      api.opens[0]?.resolve(
        anOpenedChat([
          ...[first, aReply({ id: 'b', parentId: 'a', content: 'Hi' })],
          ...[last, aReply({ id: 'd', parentId: 'c', content: 'This' })],
        ]),
      );
      await settle();
      composer.write('begun');
    });

    it('sends any message of mine anew, beside the old one', async () => {
      store.edit(first);
      expect(composer.text()).toBe('Helo');
      expect(composer.editedId()).toBe('a');
      void store.send('Hello');
      await settle();
      expect(api.starts[0]?.input).toMatchObject({ chatId: 'c1', parentMessageId: null, prompt: 'Hello' });
      expect(shown()).toEqual(['Hello', '']);
      expect(composer.text()).toBe('begun');
    });

    it('begins with the last one when nobody says which', async () => {
      store.editLastPrompt();
      void store.send('What then?');
      await settle();
      expect(api.starts[0]?.input).toMatchObject({ parentMessageId: 'b' });
      expect(shown()).toEqual(['Helo', 'Hi', 'What then?', '']);
    });

    it('gives the former draft back when it is left', () => {
      store.edit(first);
      composer.write('Hello');
      composer.stopEditing();
      expect(composer.text()).toBe('begun');
      expect(composer.editedId()).toBeNull();
    });

    it('goes on where it was when it was refused', async () => {
      store.edit(first);
      void store.send('Hello');
      await settle();
      refuse('UNREACHABLE');
      await settle();
      expect(composer.text()).toBe('Hello');
      expect(composer.editedId()).toBe('a');
      composer.stopEditing();
      expect(composer.text()).toBe('begun');
    });

    it('is still there when the chat is opened again', async () => {
      store.edit(first);
      composer.write('Hello');
      await store.open(null);
      expect(composer.text()).toBe('');
      void store.open('c1');
      expect(composer.text()).toBe('Hello');
    });

    it('waits while its message is on no branch that is shown', async () => {
      store.edit(last);
      void store.select('z');
      api.selects[0]?.resolve();
      await settle();
      api.opens[1]?.resolve(anOpenedChat([first, aReply({ id: 'z', parentId: 'a', content: 'Hey' })]));
      await settle();
      expect(composer.text()).toBe('begun');
    });
  });

  describe('select', () => {
    it('reads on until the chosen version is there, however long its branch is', async () => {
      const versions = ['a', 'z'];
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage({ id: 'a', siblingIds: versions }), aReply({ id: 'b' })]));
      await settle();
      const { key } = store.conversation().entries[0]!;
      void store.select('z');
      api.selects[0]?.resolve();
      await settle();
      const newest = anOpenedChat([aMessage({ id: 'y2', content: 'late' })], { before: 'y2' });
      api.opens[1]?.resolve(newest);
      await settle();
      expect(api.earliers[0]?.before).toBe('y2');
      const chosen = aMessage({ id: 'z', siblingIds: versions, content: 'other' });
      api.earliers[0]?.resolve(anOpenedChat([chosen, aReply({ id: 'y1', content: 'between' })]).chatHistory);
      await settle();
      expect(shown()).toEqual(['other', 'between', 'late']);
      expect(store.conversation().entries[0]?.key).toBe(key);
    });
  });

  describe('the reply', () => {
    it('grows with its events and ends as it was saved', async () => {
      await asking();
      expect(api.streams[0]).toMatchObject({ sessionId: 's1', after: 0 });
      api.streams[0]?.events.next(token(1, 'Good '));
      api.streams[0]?.events.next(token(2, 'day'));
      expect(shown()).toEqual(['Hello', 'Good day']);
      expect(store.announcement()).toBe('Reply started');
      api.streams[0]?.events.next(done(3, aReply({ content: 'Good day to you' })));
      expect(shown()).toEqual(['Hello', 'Good day to you']);
      expect(store.busy()).toBe(false);
      expect(store.announcement()).toBe('Reply finished, 4 words');
      expect(TestBed.inject(ChatsStore).chats()[0]?.activeSession).toBeNull();
    });

    it('is told to have been seen where its end was heard of before the page knew of its beginning', async () => {
      void store.send('Hello');
      await settle();
      TestBed.inject(ChatsStore).noteChanged(aChat('c1', { unread: true }));
      api.starts[0]?.resolve(aSession());
      await settle();
      expect(marked).toEqual([]);
      api.streams[0]?.events.next(done(1, aReply({ content: 'Good day' })));
      expect(marked).toEqual(['c1']);
      expect(TestBed.inject(ChatsStore).isUnread('c1')).toBe(false);
    });

    it('has been seen where another page was in its place once somebody comes back', async () => {
      await asking();
      store.showInView(false);
      TestBed.inject(ChatsStore).noteChanged(aChat('c1', { unread: true }));
      api.streams[0]?.events.next(done(1, aReply({ content: 'Good day' })));
      expect(marked).toEqual([]);
      store.showInView(true);
      expect(marked).toEqual(['c1']);
    });

    it('is said to have ended where that is read before its stream tells it', async () => {
      await asking();
      api.streams[0]?.events.next(token(1, 'Good '));
      void store.reload();
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ content: 'Good day' })]));
      await settle();
      expect(store.busy()).toBe(false);
      expect(store.announcement()).toBe('Reply finished, 2 words');
    });

    it('keeps its text and says so when the line is cut', async () => {
      await asking();
      api.streams[0]?.events.next(token(1, 'Good '));
      api.streams[0]?.events.error(new Failure('UNREACHABLE', 'gone'));
      expect(store.reconnecting()).toBe(true);
      expect(shown()).toEqual(['Hello', 'Good ']);
      window.dispatchEvent(new Event('online'));
      api.streams[1]?.connected();
      expect(api.streams[1]?.after).toBe(1);
      expect(store.reconnecting()).toBe(false);
    });

    it('is read from the history once its session is gone', async () => {
      await asking();
      api.streams[0]?.events.error(new Failure('SESSION_EXPIRED', 'gone'));
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ content: 'Saved' })]));
      await settle();
      expect(shown()).toEqual(['Hello', 'Saved']);
      expect(store.busy()).toBe(false);
    });

    it('keeps what it has, with a way on, when its session is gone but not its mark in the chat', async () => {
      await asking();
      api.streams[0]?.events.next(token(1, 'Good '));
      api.streams[0]?.events.error(new Failure('SESSION_EXPIRED', 'gone'));
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ status: 'STREAMING' })], { session: 's1' }));
      await settle();
      expect(shown()).toEqual(['Hello', 'Good ']);
      expect(store.conversation().entries[1]?.message.errorCode).toBe('SESSION_EXPIRED');
      expect(store.busy()).toBe(false);
      expect(api.streams).toHaveLength(1);
    });

    it('is not read any more once the chat is left, and goes on from its cursor on coming back', async () => {
      await asking();
      api.streams[0]?.events.next(token(3, 'Good '));
      void store.open('c2');
      expect(api.streams[0]?.events.observed).toBe(false);
      void store.open('c1');
      expect(shown()).toEqual(['Hello', 'Good ']);
      expect(api.streams[1]).toMatchObject({ sessionId: 's1', after: 3 });
      api.streams[1]?.events.next(token(4, 'day'));
      const stale = aReply({ status: 'STREAMING', content: 'Go' });
      api.opens.at(-1)?.resolve(anOpenedChat([aMessage(), stale], { session: 's1' }));
      await settle();
      expect(shown()).toEqual(['Hello', 'Good day']);
      expect(api.streams).toHaveLength(2);
    });

    it('is followed once, and ends, where the chat was read again before it was answered that it has begun', async () => {
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ id: 'r0' })]));
      await settle();
      void store.send('And now?');
      await settle();
      void store.reload();
      const growing = aReply({ status: 'STREAMING', content: '' });
      api.opens[1]?.resolve(anOpenedChat([aMessage({ content: 'And now?' }), growing], { session: 's1' }));
      await settle();
      expect(api.streams).toEqual([]);
      api.starts[0]?.resolve(aSession({ user: aMessage({ content: 'And now?' }) }));
      await settle();
      api.streams[0]?.events.next(done(1, aReply({ content: 'Good day' })));
      api.opens[2]?.resolve(
        anOpenedChat([aMessage({ content: 'And now?' }), aReply({ content: 'Good day' })]),
      );
      await settle();
      expect(shown()).toEqual(['And now?', 'Good day']);
      expect(store.busy()).toBe(false);
      expect(api.streams).toHaveLength(1);
    });

    it('is picked up after a reload', async () => {
      void store.open('c1');
      const growing = aReply({ status: 'STREAMING', content: 'Good ' });
      api.opens[0]?.resolve(anOpenedChat([aMessage(), growing], { session: 's7' }));
      await settle();
      expect(store.busy()).toBe(true);
      api.streams[0]?.events.next(token(9, 'Good day'));
      expect(shown()).toEqual(['Hello', 'Good day']);
    });
  });

  describe('stop', () => {
    it('changes nothing on the page before the event arrives', async () => {
      await asking();
      api.streams[0]?.events.next(token(1, 'Good'));
      void store.stop();
      expect(api.stops[0]?.sessionId).toBe('s1');
      expect(store.stopping()).toBe(true);
      expect(store.busy()).toBe(true);
      api.streams[0]?.events.next(done(2, aReply({ content: 'Good', status: 'STOPPED' })));
      expect(store.stopping()).toBe(false);
      expect(store.conversation().entries[1]?.message.status).toBe('STOPPED');
      expect(store.announcement()).toBe('Reply cut short, 1 word');
    });

    it('stops a reply that has no session yet as soon as it has one', async () => {
      void store.send('Hello');
      void store.stop();
      await settle();
      expect(api.stops).toHaveLength(0);
      api.starts[0]?.resolve(aSession());
      await settle();
      expect(api.stops[0]?.sessionId).toBe('s1');
    });

    it('can be tried again when the server did not hear it', async () => {
      await asking();
      void store.stop();
      api.stops[0]?.reject(new Failure('UNREACHABLE', 'gone'));
      await settle();
      expect(store.stopping()).toBe(false);
      void store.tryAgain();
      expect(api.stops).toHaveLength(2);
    });
  });

  describe('regenerate', () => {
    beforeEach(async () => {
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ content: 'First' })]));
      await settle();
    });

    it('asks the chosen model for another reply in the place of this one', async () => {
      store.chooseModel('demo/b');
      void store.regenerate('r1');
      await settle();
      expect(shown()).toEqual(['Hello', '']);
      expect(api.regenerations[0]).toMatchObject({ messageId: 'r1', modelId: 'demo/b' });
    });

    it('brings the old reply back when that is refused', async () => {
      void store.regenerate('r1');
      await settle();
      api.regenerations[0]?.reject(new Failure('CONFLICT', 'busy'));
      await settle();
      expect(shown()).toEqual(['Hello', 'First']);
      expect(store.failure()?.failure.code).toBe('CONFLICT');
    });
  });

  describe('bring', () => {
    const stretch = (id: string, before?: string) =>
      anOpenedChat([aMessage({ id, siblingIds: [id] })], before === undefined ? {} : { before });
    const page = (id: string, before?: string) => stretch(id, before).chatHistory;
    const openWith = (id: string, before?: string) => {
      api.opens.at(-1)?.resolve(stretch(id, before));
      return settle();
    };

    beforeEach(async () => {
      void store.open('c1');
      await openWith('m3', 'before 3');
    });

    it('loads earlier messages until the one that is looked for is there', async () => {
      const there = store.bring('m1');
      await settle();
      // Somebody scrolls meanwhile: nothing is asked for twice.
      void store.loadEarlier();
      api.earliers.at(-1)?.resolve(page('m2', 'before 2'));
      await settle();
      api.earliers.at(-1)?.resolve(page('m1'));
      expect(await there).toBe(true);
      expect(api.earliers.map(({ before }) => before)).toEqual(['before 3', 'before 2']);
      expect(api.selects).toEqual([]);
    });

    it('goes to another branch for it', async () => {
      const there = store.bring('elsewhere');
      await settle();
      api.earliers.at(-1)?.resolve(page('m1'));
      await settle();
      expect(api.selects.at(-1)?.messageId).toBe('elsewhere');
      api.selects.at(-1)?.resolve();
      await settle();
      await openWith('elsewhere');
      expect(await there).toBe(true);
    });

    it('gives up when another chat is opened meanwhile', async () => {
      const there = store.bring('m1');
      await settle();
      void store.open('c2');
      api.earliers.at(-1)?.resolve(page('m2', 'before 2'));
      expect(await there).toBe(false);
      expect(api.selects).toEqual([]);
    });
  });

  describe('continue', () => {
    beforeEach(async () => {
      const stopped = aReply({ content: 'Half of', reasoning: 'Well', status: 'STOPPED' });
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage(), stopped]));
      await settle();
      void store.continue('r1');
      await settle();
    });

    it('keeps the text on the page while the rest is awaited, and has it once', async () => {
      expect(shown()).toEqual(['Hello', 'Half of']);
      expect(store.busy()).toBe(true);
      const reply = aReply({ id: 'r2', content: 'Half of', status: 'PENDING' });
      api.continuations[0]?.resolve(aSession({ id: 's2', reply }));
      await settle();
      expect(shown()).toEqual(['Hello', 'Half of']);
      api.streams[0]?.events.next(token(1, 'Half of'));
      api.streams[0]?.events.next(token(2, ' it'));
      expect(shown()).toEqual(['Hello', 'Half of it']);
    });

    it('leaves the reply as it was when that is refused, and can be tried again with another model', async () => {
      api.continuations[0]?.reject(new Failure('MODEL_NOT_IN_PLAN', 'no'));
      await settle();
      expect(store.conversation().entries[1]?.message).toMatchObject({
        content: 'Half of',
        status: 'STOPPED',
      });
      store.chooseModel('demo/b');
      void store.tryAgain();
      await settle();
      expect(api.continuations[1]).toMatchObject({ messageId: 'r1', modelId: 'demo/b' });
    });
  });

  describe('fork', () => {
    beforeEach(async () => {
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ content: 'First' })]));
      await settle();
    });

    it('goes to the new chat, which the list has', async () => {
      const started: string[] = [];
      store.chatStarted.subscribe((id) => started.push(id));
      void store.fork('r1');
      expect(api.forks[0]?.messageId).toBe('r1');
      api.forks[0]?.resolve({ ...aSession().chat, id: 'c2', title: 'A chat (2)', activeSession: null });
      await settle();
      expect(started).toEqual(['c2']);
      expect(TestBed.inject(ChatsStore).chats()).toMatchObject([{ id: 'c2', title: 'A chat (2)' }]);
    });

    it('stays where it is when that is refused, and can be tried again', async () => {
      void store.fork('r1');
      api.forks[0]?.reject(new Failure('UNREACHABLE', 'gone'));
      await settle();
      expect(shown()).toEqual(['Hello', 'First']);
      void store.tryAgain();
      expect(api.forks).toHaveLength(2);
    });
  });

  describe('asked while the chat is being read again', () => {
    const earlier = [
      aMessage({ id: 'a', content: 'Before' }),
      aReply({ id: 'b', parentId: 'a', content: 'Yes' }),
    ];
    const whole = ['Before', 'Yes', 'And now?', ''];

    beforeEach(async () => {
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat(earlier));
      await settle();
      void store.reload();
      void store.send('And now?');
      await settle();
    });

    it('stays on the page, whatever was read before it was there, and is read with all else afterwards', async () => {
      api.opens[1]?.resolve(anOpenedChat(earlier));
      await settle();
      expect(shown()).toEqual(whole);
      api.starts[0]?.resolve(aSession({ user: aMessage({ content: 'And now?' }) }));
      await settle();
      expect(shown()).toEqual(whole);
      expect(api.opens).toHaveLength(3);
    });

    it('stays on the page also where it was answered before that was read', async () => {
      api.starts[0]?.resolve(aSession({ user: aMessage({ content: 'And now?' }) }));
      await settle();
      api.opens[1]?.resolve(anOpenedChat(earlier));
      await settle();
      expect(shown()).toEqual(whole);
      expect(api.opens).toHaveLength(3);
      api.streams[0]?.events.next(token(1, 'Now'));
      expect(shown().at(-1)).toBe('Now');
    });

    it('leaves the page as it was where it is refused, and that is read then', async () => {
      api.opens[1]?.resolve(anOpenedChat(earlier));
      await settle();
      refuse('UNREACHABLE');
      await settle();
      api.opens[2]?.resolve(anOpenedChat([...earlier, aMessage({ id: 'c', content: 'Said elsewhere' })]));
      await settle();
      expect(shown()).toEqual(['Before', 'Yes', 'Said elsewhere']);
    });
  });

  describe('where not all is told that has happened elsewhere', () => {
    const reset = async (cursor: string) => {
      news.next({ __typename: 'ChatListResetEvent', cursor });
      await settle();
    };

    beforeEach(async () => {
      await store.begin();
      TestBed.tick();
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage({ content: 'Old' })]));
      await settle();
    });

    it('the chat is read again', async () => {
      await reset('1');
      await reset('2');
      api.opens[1]?.resolve(anOpenedChat([aMessage({ content: 'Newer' })]));
      await settle();
      expect(shown()).toEqual(['Newer']);
    });

    it('it is not while the page begins, unless the list has a newer one', async () => {
      listed = [aChat('c1')];
      await reset('1');
      expect(api.opens).toHaveLength(1);
    });

    it('it is where the list has a newer one when the page begins', async () => {
      listed = [aChat('c1', { updatedAt: '2026-01-01T00:00:01.000Z' })];
      await reset('1');
      expect(api.opens).toHaveLength(2);
    });
  });

  describe('without the server', () => {
    const gone = new Failure('UNREACHABLE', 'gone');
    const seen: Conversation = {
      ...NEW_CONVERSATION,
      chatId: 'c1',
      entries: [{ key: 'm1', message: aMessage({ content: 'Seen' }) }],
    };
    const keptTexts = () =>
      (kept.values.get('chat.c1') as Conversation | undefined)?.entries.map(({ message }) => message.content);

    it('has each chat that was opened, with what was asked and the replies that ended since', async () => {
      await store.begin();
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage({ id: 'a', content: 'Seen' })]));
      await settle();
      expect(keptTexts()).toEqual(['Seen']);
      await asking('And then?');
      api.streams[0]?.events.next(token(1, 'That'));
      expect(keptTexts()).toEqual(['Seen', 'And then?']);
      api.streams[0]?.events.next(done(2, aReply({ content: 'That.' })));
      expect(keptTexts()).toEqual(['Seen', 'And then?', 'That.']);
      expect(kept.values.get('chat.c1')).toMatchObject({ reply: null, awaiting: null });
    });

    it('shows what was here last, and goes on by itself when there is one again', async () => {
      kept.values.set('chat.c1', seen).set('chats', [aChat('c1')]);
      away = true;
      void store.begin();
      void store.open('c1');
      api.opens[0]?.reject(gone);
      await settle();
      expect(shown()).toEqual(['Seen']);
      expect(store.outdated()).toBe(true);
      expect(store.failure()).toBeNull();
      expect(store.loading()).toBe(false);
      expect(TestBed.inject(ChatsStore).chats()).toHaveLength(1);

      api.opens[1]?.reject(gone);
      await settle();
      expect(store.outdated()).toBe(true);

      away = false;
      window.dispatchEvent(new Event('online'));
      for (const open of [2, 3]) {
        await settle();
        api.opens[open]?.resolve(anOpenedChat([aMessage({ content: 'Seen' }), aReply({ content: 'New' })]));
      }
      await settle();
      expect(shown()).toEqual(['Seen', 'New']);
      expect(store.outdated()).toBe(false);
      expect(api.opens).toHaveLength(4);
    });

    it('takes away what the server refuses when it is there again', async () => {
      kept.values.set('chat.c1', seen);
      void store.open('c1');
      api.opens[0]?.reject(gone);
      await settle();
      for (const open of [1, 2]) {
        api.opens[open]?.reject(new Failure('NOT_FOUND', 'no'));
        await settle();
      }
      expect(shown()).toEqual([]);
      expect(kept.values.size).toBe(0);
      expect(store.failure()?.failure.code).toBe('NOT_FOUND');
      expect(store.outdated()).toBe(false);
    });
  });

  describe('open', () => {
    it('says when there is no such chat', async () => {
      void store.open('c9');
      expect(store.loading()).toBe(true);
      api.opens[0]?.reject(new Failure('NOT_FOUND', 'no'));
      await settle();
      expect(store.loading()).toBe(false);
      expect(store.failure()?.failure.code).toBe('NOT_FOUND');
    });

    it('tries again by itself when the network is back', async () => {
      void store.open('c1');
      api.opens[0]?.reject(new Failure('UNREACHABLE', 'gone'));
      await settle();
      window.dispatchEvent(new Event('online'));
      expect(store.failure()).toBeNull();
      api.opens[1]?.resolve(anOpenedChat([aMessage()]));
      await settle();
      expect(shown()).toEqual(['Hello']);
    });

    it('asks again when the reply ended between two answers', async () => {
      void store.open('c1');
      api.opens[0]?.resolve(anOpenedChat([aMessage(), aReply({ status: 'STREAMING' })]));
      await settle();
      api.opens[1]?.resolve(anOpenedChat([aMessage(), aReply({ content: 'Whole' })]));
      await settle();
      expect(shown()).toEqual(['Hello', 'Whole']);
    });

    it('shows the chat that was asked for last, whoever answers first', async () => {
      void store.open('c1');
      void store.open('c2');
      api.opens[1]?.resolve(anOpenedChat([aMessage({ content: 'Two' })], { id: 'c2' }));
      api.opens[0]?.resolve(anOpenedChat([aMessage({ content: 'One' })], { id: 'c1' }));
      await settle();
      expect(shown()).toEqual(['Two']);
    });
  });
});
