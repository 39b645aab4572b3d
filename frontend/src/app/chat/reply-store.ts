import { Injectable, computed, inject, signal } from '@angular/core';
import { Subject } from 'rxjs';
import { ViewerStore } from '../account/viewer-store';
import { Chance } from '../browser/chance';
import { ChatsStore } from '../chats/chats-store';
import { AskedModels } from './asked-models';
import { ChatApi, type StartedSession } from './chat-api';
import { ChatSettingsStore } from './chat-settings-store';
import type { AwaitedReply, Conversation } from './conversation';
import { ConversationStore } from './conversation-store';
import { LastFailure } from './last-failure';

/** One way to a reply: what stands on the page at once, and what is asked of the server. */
export interface WayToReply {
  readonly shown: (before: Conversation, draft: AwaitedReply) => Conversation;
  readonly asked: () => Promise<StartedSession>;
  /** What is to be asked for besides, once the server has taken it. */
  readonly begun?: (session: StartedSession) => void;
  /** The page is as it was before. */
  readonly refused?: () => void;
  readonly again: () => Promise<void>;
}

/** The chat's own reply: having it begun, and having it ended. */
@Injectable({ providedIn: 'root' })
export class ReplyStore {
  readonly #api = inject(ChatApi);
  readonly #viewer = inject(ViewerStore);
  readonly #chats = inject(ChatsStore);
  readonly #conversation = inject(ConversationStore);
  readonly #settings = inject(ChatSettingsStore);
  readonly #model = inject(AskedModels).model;
  readonly #lastFailure = inject(LastFailure);
  readonly #chance = inject(Chance);

  readonly #stopping = signal(false);
  readonly #chatStarted = new Subject<string>();
  /** The last message that could not be sent: sending it again must not make two of it. */
  #unsent: { readonly request: string; readonly key: string } | null = null;

  readonly busy = this.#conversation.busy;
  readonly stopping = computed(() => this.#stopping() && this.busy());
  /** A chat that did not exist before has its id. */
  readonly chatStarted = this.#chatStarted.asObservable();

  /** The idempotency key of a message: its own, and the same again where it could not be sent. */
  keyFor(request: string): string {
    if (this.#unsent?.request !== request) this.#unsent = { request, key: this.#chance.key() };
    return this.#unsent.key;
  }

  /** It stands on the page at once, and no more when the server refuses it. */
  async begin({ shown, asked, begun, refused, again }: WayToReply): Promise<void> {
    const { visit } = this.#conversation;
    const before = this.#conversation.conversation();
    const draft = { key: this.#chance.key(), model: this.#model(), createdAt: new Date().toISOString() };
    this.#lastFailure.forget();
    this.#stopping.set(false);
    this.#conversation.show(shown(before, draft));
    try {
      await this.#viewer.ensure();
      await this.#settings.settle();
      const session = await asked();
      this.#begun(session, visit);
      begun?.(session);
    } catch (error) {
      if (visit === this.#conversation.visit) this.#conversation.show(before);
      refused?.();
      this.#lastFailure.note(error, visit, again);
    }
  }

  /** Asks the server to end it. The page changes when its stream says that it has. */
  async stop(): Promise<void> {
    if (!this.busy() || this.#stopping()) return;
    this.#stopping.set(true);
    const sessionId = this.#conversation.conversation().reply?.sessionId;
    // A reply without a session yet is stopped as soon as it has one.
    if (!sessionId) return;
    const visit = this.#conversation.visit;
    try {
      await this.#api.stop(sessionId);
    } catch (error) {
      this.#stopping.set(false);
      this.#lastFailure.note(error, visit, () => this.stop());
    }
  }

  /** Another chat is opened: nobody here has asked for the end of its reply. */
  forgetStop(): void {
    this.#stopping.set(false);
  }

  #begun(session: StartedSession, visit: object): void {
    this.#unsent = null;
    this.#chats.noteStarted({ ...session.chat, activeSession: { id: session.id } });
    if (visit !== this.#conversation.visit) return;
    const isNew = this.#conversation.chatId() === null;
    const stopAsked = this.#stopping();
    this.#conversation.adopt(session);
    if (isNew) this.#chatStarted.next(session.chat.id);
    if (!stopAsked) return;
    this.#stopping.set(false);
    void this.stop();
  }
}
