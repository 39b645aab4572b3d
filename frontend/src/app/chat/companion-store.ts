import { Injectable, computed, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { Chance } from '../browser/chance';
import { Failure } from '../graphql/failure';
import { applyMessageEvent, newReply, type Reply } from './apply-message-event';
import { ChatApi, type ComparedChat, type StartedComparison } from './chat-api';
import type { ChatFailure } from './chat-failure';
import { Following } from './following';
import {
  draftMessage,
  isGrowing,
  settled,
  type ChatMessage,
  type MessageEvent,
  type MessageModel,
} from './message';
import { ReplyFollower } from './reply-follower';

/** Another model's reply, beside the last one of the chat. */
export interface Companion {
  readonly message: ChatMessage;
  /** How far its stream has been read; `null`: it has none yet, or none any more. */
  readonly reply: Reply | null;
}

/** The reply that stands beside the chat's own, to be compared with it: asking for it, its stream, its end. */
@Injectable({ providedIn: 'root' })
export class CompanionStore {
  readonly #api = inject(ChatApi);
  readonly #viewer = inject(ViewerStore);
  readonly #chance = inject(Chance);

  readonly #companion = signal<Companion | null>(null);
  readonly #stopping = signal(false);
  readonly #failure = signal<ChatFailure | null>(null);
  readonly #following = new Following(inject(ReplyFollower), {
    event: (event) => this.#apply(event),
    gone: () => this.#companion.update((now) => now && { message: settled(now.message), reply: null }),
  });

  readonly companion = this.#companion.asReadonly();
  readonly reconnecting = this.#following.reconnecting;
  /** Why it could not be asked for, or stopped. */
  readonly failure = this.#failure.asReadonly();
  readonly busy = computed(() => {
    const companion = this.#companion();
    return companion !== null && isGrowing(companion.message);
  });
  readonly stopping = computed(() => this.#stopping() && this.busy());

  /** Nothing stands beside the chat's reply. At the server, what is being written goes on. */
  clear(): void {
    this.show(null);
  }

  /** As it is here, which may be what stood here before. */
  show(companion: Companion | null): void {
    this.#following.end();
    this.#stopping.set(false);
    this.#failure.set(null);
    this.#companion.set(companion);
  }

  /** The server's view; progress that is known already is kept. */
  open({ companionMessage, companionSession }: ComparedChat): void {
    if (companionMessage && companionSession) {
      if (companionSession.id !== this.#following.sessionId)
        this.#follow(companionSession.id, companionMessage);
    } else if (companionMessage) {
      this.show({ message: settled(companionMessage), reply: null });
    } else if (this.#following.sessionId !== null || !this.busy()) {
      // What is only being asked for may not have been there when this was read.
      this.clear();
    }
  }

  /** Stands where the reply of this model will, before anything is asked. */
  expect(model: MessageModel): Companion {
    const id = `companion-${this.#chance.key()}`;
    const createdAt = new Date().toISOString();
    const message = draftMessage({ id, role: 'ASSISTANT', content: '', model, createdAt });
    const expected = { message, reply: null };
    this.show(expected);
    return expected;
  }

  /**
   * Asks for the expected reply to a message; where the chat was left meanwhile, it is shown to nobody. The key is the
   * request's own: sent again, it makes no second reply.
   */
  async ask(expected: Companion, messageId: string, key = this.#chance.key()): Promise<void> {
    const { model } = expected.message;
    if (!model) return;
    try {
      const session = await this.#api.compare({ messageId, modelId: model.id, idempotencyKey: key });
      if (this.#companion() === expected) this.#adopt(session);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code === 'QUOTA_EXCEEDED') void this.#viewer.refreshUsage();
      if (this.#companion() !== expected) return;
      this.clear();
      this.#failure.set({ failure: error, again: () => this.ask(this.expect(model), messageId, key) });
    }
  }

  /** Asks the server to end it; without a session yet, as soon as it has one. */
  async stop(): Promise<void> {
    if (!this.busy() || this.#stopping()) return;
    this.#stopping.set(true);
    const asked = this.#companion()?.reply?.sessionId;
    if (!asked) return;
    try {
      await this.#api.stop(asked);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (asked !== this.#following.sessionId) return;
      this.#stopping.set(false);
      this.#failure.set({ failure: error, again: () => this.stop() });
    }
  }

  /** The failure has been read, or is being answered. */
  forgetFailure(): void {
    this.#failure.set(null);
  }

  #adopt({ id, assistantMessage }: StartedComparison): void {
    const stopAsked = this.#stopping();
    this.#follow(id, assistantMessage);
    if (stopAsked) void this.stop();
  }

  #follow(sessionId: string, message: ChatMessage): void {
    this.show({ message, reply: newReply(sessionId, message) });
    this.#following.begin(sessionId, 0);
  }

  #apply(event: MessageEvent): void {
    const before = this.#companion();
    if (!before?.reply) return;
    const reply = applyMessageEvent(before.reply, event);
    this.#companion.set({ message: reply.message, reply });
  }
}
