import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { AccountApi } from '../account/account-api';
import { OPEN, aViewer } from '../account/testing/viewers';
import { BrowserStorage } from '../browser/browser-storage';
import { FakeStorage } from '../browser/testing/fake-storage';
import { ChatsApi } from '../chats/chats-api';
import { Failure } from '../graphql/failure';
import { ModelsApi } from '../models/models-api';
import { ModelsStore } from '../models/models-store';
import { aModel } from '../models/testing/models';
import { AttachmentsApi } from './attachments/attachments-api';
import { FakeAttachmentsApi } from './attachments/testing/fake-attachments-api';
import { ChatApi } from './chat-api';
import { ChatSettingsStore } from './chat-settings-store';
import { ChatStore } from './chat-store';
import { ComposerStore } from './composer-store';
import { FakeChatApi, settle } from './testing/fake-chat-api';
import { aMessage, aSession, anOpenedChat } from './testing/messages';

const KIND = { systemPrompt: 'Be kind.', temperature: null };

describe(ChatSettingsStore.name, () => {
  let api: FakeChatApi;
  let storage: FakeStorage;
  let store: ChatSettingsStore;
  let chat: ChatStore;

  const changes = () => api.settings.map(({ chatId, change }) => ({ chatId, ...change }));

  function arrive(): void {
    TestBed.resetTestingModule();
    const viewer = () => Promise.resolve({ viewer: aViewer(), installation: OPEN });
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatApi, useValue: api },
        { provide: AttachmentsApi, useValue: new FakeAttachmentsApi() },
        { provide: BrowserStorage, useValue: storage },
        { provide: AccountApi, useValue: { viewer } },
        { provide: ChatsApi, useValue: { list: () => Promise.resolve({ chats: [], next: null }) } },
        {
          provide: ModelsApi,
          useValue: {
            list: () => Promise.resolve([aModel('demo/a', { maxTemperature: 1 }), aModel('demo/b')]),
          },
        },
      ],
    });
    store = TestBed.inject(ChatSettingsStore);
    chat = TestBed.inject(ChatStore);
  }

  async function open(id: string, systemPrompt: string | null = null): Promise<void> {
    void chat.open(id);
    const opened = anOpenedChat([aMessage()], { id });
    api.opens.at(-1)?.resolve({ ...opened, chat: { ...opened.chat, systemPrompt } });
    await settle();
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    api = new FakeChatApi();
    storage = new FakeStorage();
    arrive();
    await TestBed.inject(ModelsStore).load();
  });
  afterEach(() => jest.useRealTimers());

  it('shows what the server has', async () => {
    await open('c1', 'Be kind.');
    expect(store.settings()).toEqual(KIND);
    expect(store.areSet()).toBe(true);
  });

  it('shows what is typed at once, and saves it once, a moment after the last key', async () => {
    await open('c1');
    for (const systemPrompt of ['B', 'Be', 'Be kind.']) {
      store.write({ systemPrompt });
      jest.advanceTimersByTime(500);
    }
    expect(store.settings()).toEqual(KIND);
    expect([store.saving(), changes()]).toEqual(['saving', []]);
    jest.advanceTimersByTime(100);
    await settle();
    expect(changes()).toEqual([{ chatId: 'c1', ...KIND }]);
    api.settings[0]?.resolve();
    await settle();
    expect([store.saving(), store.settings()]).toEqual(['saved', KIND]);
  });

  it('sends changes one after the other, so that the last one stays', async () => {
    await open('c1');
    store.write({ systemPrompt: 'One' });
    void store.save();
    store.write({ systemPrompt: 'Two' });
    void store.save();
    await settle();
    expect(changes()).toMatchObject([{ systemPrompt: 'One' }]);
    api.settings[0]?.resolve();
    await settle();
    expect(store.saving()).toBe('saving');
    expect(changes()).toMatchObject([{ systemPrompt: 'One' }, { systemPrompt: 'Two' }]);
  });

  it('loses nothing to whoever goes to another chat and types on there', async () => {
    await open('c1');
    store.write({ systemPrompt: 'One' });
    await open('c2');
    expect(store.settings().systemPrompt).toBe('');
    store.write({ systemPrompt: 'Two' });
    await settle();
    api.settings[0]?.resolve();
    jest.advanceTimersByTime(600);
    await settle();
    expect(changes()).toMatchObject([
      { chatId: 'c1', systemPrompt: 'One' },
      { chatId: 'c2', systemPrompt: 'Two' },
    ]);
  });

  it('says that nothing was saved, keeps it, and does not ask the model without it', async () => {
    await open('c1');
    store.write({ systemPrompt: 'Be kind.' });
    void chat.send('Hello');
    await settle();
    api.settings[0]?.reject(new Failure('UNREACHABLE', 'gone'));
    await settle();
    expect([store.saving(), store.settings(), api.starts]).toEqual(['failed', KIND, []]);
    expect([TestBed.inject(ComposerStore).text(), chat.failure()?.failure.code]).toEqual([
      'Hello',
      'UNREACHABLE',
    ]);
    void chat.tryAgain();
    await settle();
    api.settings[1]?.resolve();
    await settle();
    expect([store.saving(), api.starts.length]).toEqual(['saved', 1]);
  });

  it('keeps those of a chat that does not exist yet over a reload, and sends them with its first message', async () => {
    store.write(KIND);
    arrive();
    await TestBed.inject(ModelsStore).load();
    expect(store.settings()).toEqual(KIND);
    void chat.send('Hello');
    await settle();
    expect(api.starts[0]?.input).toMatchObject({ systemPrompt: 'Be kind.' });
    expect(api.starts[0]?.input).not.toHaveProperty('temperature');
    const session = aSession();
    api.starts[0]?.resolve({ ...session, chat: { ...session.chat, systemPrompt: 'Be kind.' } });
    await settle();
    expect(store.settings()).toEqual(KIND);
    await chat.open(null);
    expect(store.settings().systemPrompt).toBe('');
  });

  it('begins no chat with a temperature that its model would refuse', async () => {
    store.write({ temperature: 1.5 });
    void chat.send('Hello');
    await settle();
    expect(api.starts[0]?.input).not.toHaveProperty('temperature');
    api.starts[0]?.reject(new Failure('UNREACHABLE', 'gone'));
    await settle();
    chat.chooseModel('demo/b');
    void chat.send('Hello');
    await settle();
    expect(api.starts[1]?.input).toMatchObject({ temperature: 1.5 });
  });

  it('notes which model a chat goes on with', async () => {
    await open('c1');
    chat.chooseModel('demo/b');
    await settle();
    expect(changes()).toEqual([{ chatId: 'c1', modelId: 'demo/b' }]);
    api.settings[0]?.reject(new Failure('UNREACHABLE', 'gone'));
    await settle();
    expect(chat.model()?.id).toBe('demo/b');
  });
});
