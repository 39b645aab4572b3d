import { Injectable, computed, inject, signal } from '@angular/core';
import { ComingBack } from '../browser/coming-back';
import { Connectivity } from '../browser/connectivity';
import type { ChatSummary } from '../chats/chats-api';
import { ChatsStore } from '../chats/chats-store';
import { ChatsFollower } from '../chats/chats-follower';
import { Failure } from '../graphql/failure';
import { Absence } from './absence';
import type { Reply } from './apply-message-event';
import { ChatApi, type OpenedChat, type StartedSession } from './chat-api';
import type { ChatSettings } from './chat-settings';
import { CompanionStore } from './companion-store';
import {
  NEW_CONVERSATION,
  hasMessage,
  isBusy,
  isTorn,
  openedConversation,
  withEarlier,
  withEarlierPage,
  withEvent,
  withSession,
  withoutStream,
  type Conversation,
} from './conversation';
import { Drafts } from './drafts';
import { farewell } from './farewell';
import { Following } from './following';
import { KeptConversations } from './kept-conversations';
import type { MessageEvent } from './message';
import { ReplyFollower } from './reply-follower';

/** The chat on the page as far as it is read: opening, paging, and following the reply that is being written. */
@Injectable({ providedIn: 'root' })
export class ConversationStore {
  readonly #api = inject(ChatApi);
  readonly #chats = inject(ChatsStore);
  readonly #drafts = inject(Drafts);
  readonly #kept = inject(KeptConversations);
  readonly #companion = inject(CompanionStore);

  readonly #conversation = signal<Conversation>(NEW_CONVERSATION);
  readonly #loading = signal(false);
  readonly #failure = signal<Failure | null>(null);
  readonly #announcement = signal('');
  readonly #absence = new Absence(inject(ComingBack));

  /** Chats as they were left: coming back shows them at once, and goes on from where their streams were. */
  readonly #left = new Map<string, Conversation>();
  /** Changes with every chat that is opened; an answer for an earlier one is not shown. */
  #visit = {};
  readonly #following = new Following(inject(ReplyFollower), {
    event: (event) => this.#apply(event),
    gone: () => {
      this.#following.end();
      // Ended here first: were the server to call the session active still, we would come back for ever.
      this.#conversation.update(withoutStream);
      void this.reload();
    },
  });
  #read: Promise<void> = Promise.resolve();
  /** Counts what was done here: what was read before that does not know of it. */
  #acts = 0;
  /** When the chat was active last, as far as was read. */
  #activeAt: string | null = null;
  /** Something was read too early, and is to be read again when the server has answered. */
  #readTooEarly = false;
  #loadingEarlier: Promise<void> | null = null;
  /** Whether it is on the page, and not another page in its place. */
  #inView = true;
  /** A reply has ended here, and that its chat has changed by it is still to be told. */
  #endIsKnown = false;

  readonly conversation = this.#conversation.asReadonly();
  readonly loading = this.#loading.asReadonly();
  readonly reconnecting = this.#following.reconnecting;
  /** The server cannot be reached: what this device kept of the chat stands on the page until it can be. */
  readonly outdated = this.#absence.lasts;
  /** Why the chat could not be read. */
  readonly failure = this.#failure.asReadonly();
  /** The chat is here: its model, its settings, its last message. */
  readonly known = computed(
    () => !this.#loading() && (this.#failure() === null || this.#conversation().entries.length > 0),
  );
  readonly announcement = this.#announcement.asReadonly();
  readonly chatId = computed(() => this.#conversation().chatId);
  readonly busy = computed(() => isBusy(this.#conversation()));

  constructor() {
    inject(Connectivity).worthTrying.subscribe(() => {
      if (this.#failure()?.code === 'UNREACHABLE') void this.reload();
    });
    const { changed, deleted, reset } = inject(ChatsFollower);
    changed.subscribe((chat) => this.#noteChanged(chat));
    // Elsewhere: whoever deletes the chat that is open leaves it first. Nobody is to write into what is not there.
    deleted.subscribe((id) => id === this.chatId() && void this.reload());
    reset.subscribe(({ first }) => this.#catchUp(first));
  }

  get visit(): object {
    return this.#visit;
  }

  /** Shows a chat, or with `null` the beginning of a new one. */
  async open(chatId: string | null): Promise<void> {
    const { chatId: current, awaiting } = this.#conversation();
    if (chatId === current && awaiting === null) return;
    this.#leave();
    this.#drafts.show(chatId);
    this.#conversation.set(this.#left.get(chatId ?? '') ?? { ...NEW_CONVERSATION, chatId });
    this.#follow();
    await this.reload();
  }

  /** Reads the chat anew; with `upTo`, at least to this message of the active branch, however long that is. */
  reload(upTo?: string): Promise<void> {
    return (this.#read = this.#reload(upTo));
  }

  /** Until the chat on the page has been read, or could not be. */
  untilRead(): Promise<void> {
    return this.#read;
  }

  async #reload(upTo?: string): Promise<void> {
    const chatId = this.chatId();
    const visit = this.#visit;
    const acts = this.#acts;
    this.#failure.set(null);
    this.#loading.set(chatId !== null && this.#conversation().entries.length === 0);
    if (chatId === null) return;
    try {
      let opened = await this.#api.open(chatId);
      if (isTorn(opened)) opened = await this.#api.open(chatId);
      if (upTo) opened = await this.#readUpTo(upTo, chatId, opened);
      if (visit !== this.#visit) return;
      if (acts !== this.#acts || this.#conversation().awaiting !== null) return await this.#readLater(upTo);
      const before = this.#conversation();
      this.#conversation.set(openedConversation(opened, before));
      this.#announceEndOf(before.reply);
      this.#activeAt = opened.chat.updatedAt;
      this.#absence.end();
      this.#kept.keep(this.#conversation());
      this.#follow();
      this.#companion.open(opened.chat);
      if (opened.chat.unread) this.#noteSeen(chatId);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await this.#goWithout(error, chatId, visit);
    } finally {
      if (visit === this.#visit) this.#loading.set(false);
    }
  }

  /** What was asked here meanwhile would be gone from the page with an answer that does not know of it. */
  async #readLater(upTo?: string): Promise<void> {
    if (this.#conversation().awaiting === null) await this.#reload(upTo);
    else this.#readTooEarly = true;
  }

  #readAfterAll(): void {
    if (!this.#readTooEarly || this.#conversation().awaiting !== null) return;
    this.#readTooEarly = false;
    void this.reload();
  }

  /** What was kept is better than nothing. What the server refuses is nobody's here any more. */
  async #goWithout(failure: Failure, chatId: string, visit: object): Promise<void> {
    const unreachable = failure.code === 'UNREACHABLE';
    if (failure.code === 'NOT_FOUND') this.#kept.forget(chatId);
    const empty = this.#conversation().entries.length === 0;
    const kept = unreachable && empty ? await this.#kept.read(chatId) : null;
    if (visit !== this.#visit) return;
    if (kept) this.#conversation.set(kept);
    if (unreachable && (kept || this.outdated())) {
      const reload = (): void => void this.reload();
      return this.#absence.begin(() => this.#api.open(chatId), reload);
    }
    if (this.outdated()) this.#conversation.set({ ...NEW_CONVERSATION, chatId });
    this.#absence.end();
    this.#failure.set(failure);
  }

  async loadEarlier(): Promise<void> {
    this.#loadingEarlier ??= this.#loadEarlier().finally(() => (this.#loadingEarlier = null));
    await this.#loadingEarlier;
  }

  /** Loads as many earlier stretches as it takes. Whether the message is there then: on another branch it is not. */
  async reach(messageId: string): Promise<boolean> {
    const visit = this.#visit;
    let former: string | null = null;
    while (visit === this.#visit) {
      const { entries, earlierCursor } = this.#conversation();
      if (entries.some(({ message }) => message.id === messageId)) return true;
      // Nothing came of asking, so asking again would do no better.
      if (earlierCursor === null || earlierCursor === former) return false;
      former = earlierCursor;
      await this.loadEarlier();
    }
    return false;
  }

  async #readUpTo(messageId: string, chatId: string, opened: OpenedChat): Promise<OpenedChat> {
    let whole = opened;
    while (!hasMessage(whole, messageId)) {
      const { hasPreviousPage, startCursor } = whole.chatHistory.pageInfo;
      if (!hasPreviousPage || startCursor === null) break;
      whole = withEarlierPage(whole, await this.#api.earlier(chatId, startCursor));
    }
    return whole;
  }

  async #loadEarlier(): Promise<void> {
    const { chatId, earlierCursor } = this.#conversation();
    if (!chatId || !earlierCursor) return;
    const visit = this.#visit;
    try {
      const page = await this.#api.earlier(chatId, earlierCursor);
      if (visit === this.#visit) this.#conversation.update((conversation) => withEarlier(conversation, page));
    } catch (error) {
      // Whoever goes on scrolling asks again.
      if (!(error instanceof Failure)) throw error;
    }
  }

  /** What stands on the page while an action is under way, or after it was refused. */
  show(conversation: Conversation): void {
    this.#acts += 1;
    this.#conversation.set(conversation);
    this.#readAfterAll();
  }

  /** The server has these now. */
  noteSettings(chatId: string, settings: ChatSettings): void {
    if (chatId === this.chatId())
      this.#conversation.update((conversation) => ({ ...conversation, settings }));
  }

  /** The server has taken what was drafted: its reply is followed from the first event. */
  adopt(session: StartedSession): void {
    if (this.chatId() === null) this.#drafts.moveTo(session.chat.id);
    this.#acts += 1;
    this.#activeAt = session.chat.updatedAt;
    this.#conversation.update((conversation) => withSession(conversation, session));
    this.#kept.keep(this.#conversation());
    this.#follow();
    this.#readAfterAll();
  }

  /** Goes on while another page is in its place; what ends there has not been seen before somebody comes back. */
  showInView(inView: boolean): void {
    this.#inView = inView;
    const chatId = this.chatId();
    if (chatId !== null && this.#chats.isUnread(chatId)) this.#noteSeen(chatId);
  }

  #noteSeen(chatId: string): void {
    if (this.#inView) void this.#chats.markRead(chatId);
  }

  /** The reply goes on at the server; only our reading ends here. */
  #leave(): void {
    const conversation = this.#conversation();
    const outdated = this.outdated();
    this.#visit = {};
    this.#readTooEarly = false;
    this.#following.end();
    this.#absence.end();
    this.#companion.clear();
    this.#announcement.set('');
    if (conversation.chatId && conversation.awaiting === null && !outdated)
      this.#left.set(conversation.chatId, conversation);
  }

  #follow(): void {
    const reply = this.#conversation().reply;
    if (reply && reply.sessionId === this.#following.sessionId) return;
    this.#following.end();
    if (reply && !reply.ended) this.#following.begin(reply.sessionId, reply.sequence);
  }

  /** Whatever was done in the chat elsewhere is shown here as well: another reply, above all. */
  #noteChanged({ id, activeSession, companionMessage, unread }: ChatSummary): void {
    const { chatId, awaiting, reply } = this.#conversation();
    if (id !== chatId || awaiting !== null) return;
    // What could not be read any more is there again: its deletion was undone.
    if (this.#failure() || reply?.error?.code === 'NOT_FOUND') return void this.reload();
    // Only who may be looking at the page is told.
    if (unread) this.#noteSeen(id);
    const companion = this.#companion.companion();
    if (companionMessage?.id !== companion?.message.id) {
      // What is being asked for here is not known there yet.
      if (companion?.reply || !this.#companion.busy()) void this.reload();
      return;
    }
    if (reply && !reply.ended) {
      // How that one ends is told by its stream.
      if (activeSession === null || activeSession.id === reply.sessionId) return;
    } else if (activeSession === null && this.#endIsKnown) {
      this.#endIsKnown = false;
      return;
    }
    void this.reload();
  }

  /** What was done in the chat elsewhere is not told any more. Of the time while the page began, the list tells. */
  #catchUp(first: boolean): void {
    const listed = this.#chats.chats().find(({ id }) => id === this.chatId());
    if (!first || (listed && listed.updatedAt !== this.#activeAt)) void this.reload();
  }

  /** Says how a reply ended whose end was read, and not told by its stream. */
  #announceEndOf(reply: Reply | null): void {
    const { reply: current, entries } = this.#conversation();
    if (!reply || reply.ended || reply.sessionId === current?.sessionId) return;
    const ended = entries.find(({ message }) => message.id === reply.message.id);
    if (ended) this.#announcement.set(farewell(ended.message));
  }

  #apply(event: MessageEvent): void {
    const before = this.#conversation();
    const after = withEvent(before, event);
    this.#conversation.set(after);
    if (before.reply?.sequence === 0) this.#announcement.set($localize`Reply started`);
    if (before.reply?.ended || !after.reply?.ended || !after.chatId) return;
    this.#announcement.set(farewell(after.reply.message));
    this.#endIsKnown = true;
    this.#kept.keep(after);
    this.#chats.noteEnded(after.chatId);
    // A reply may end before the answer has come that it has begun: the news of it were of no chat that was open then.
    if (this.#chats.isUnread(after.chatId)) this.#noteSeen(after.chatId);
  }
}
