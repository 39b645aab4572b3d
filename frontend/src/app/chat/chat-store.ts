import { Injectable, computed, inject, signal } from '@angular/core';
import { Subject } from 'rxjs';
import { ViewerStore } from '../account/viewer-store';
import { Chance } from '../browser/chance';
import { ChatsStore } from '../chats/chats-store';
import { Failure } from '../graphql/failure';
import type { Model } from '../models/models-api';
import { ModelsStore } from '../models/models-store';
import { attachmentsOf } from './attachments/attached-file';
import { ChatApi, type StartedSession } from './chat-api';
import type { ChatFailure } from './chat-failure';
import { ChatSettingsStore } from './chat-settings-store';
import { CompanionStore } from './companion-store';
import { ComposerStore, type Written } from './composer-store';
import {
  withContinuedReply,
  withPrompt,
  withoutReply,
  type AwaitedReply,
  type Conversation,
} from './conversation';
import { ConversationStore } from './conversation-store';
import { Drafts } from './drafts';
import type { ChatMessage } from './message';

interface StartSteps {
  readonly shown: (before: Conversation, draft: AwaitedReply) => Conversation;
  readonly asked: () => Promise<StartedSession>;
  /** What is to be asked for besides, once the server has taken it. */
  readonly begun?: (session: StartedSession) => void;
  readonly refused: () => void;
  readonly again: () => Promise<void>;
}

/** Everything that can be done in the chat on the page. */
@Injectable({ providedIn: 'root' })
export class ChatStore {
  readonly #api = inject(ChatApi);
  readonly #viewer = inject(ViewerStore);
  readonly #models = inject(ModelsStore);
  readonly #chats = inject(ChatsStore);
  readonly #composer = inject(ComposerStore);
  readonly #conversation = inject(ConversationStore);
  readonly #companion = inject(CompanionStore);
  readonly #settings = inject(ChatSettingsStore);
  readonly #drafts = inject(Drafts);
  readonly #chance = inject(Chance);

  readonly #stopping = signal(false);
  readonly #failure = signal<ChatFailure | null>(null);
  readonly #pickedModel = signal<string | null>(null);
  readonly #chatStarted = new Subject<string>();
  /** The last message that could not be sent: sending it again must not make two of it. */
  #unsent: { readonly request: string; readonly key: string } | null = null;

  readonly conversation = this.#conversation.conversation;
  readonly loading = this.#conversation.loading;
  readonly companion = this.#companion.companion;
  readonly reconnecting = computed(() => this.#conversation.reconnecting() || this.#companion.reconnecting());
  readonly announcement = this.#conversation.announcement;
  readonly chatId = this.#conversation.chatId;
  readonly replyBusy = this.#conversation.busy;
  /** Anything is being written, or has been asked for. */
  readonly busy = computed(() => this.replyBusy() || this.#companion.busy());
  /** The server cannot be reached: what was here last is shown, and sending waits. */
  readonly outdated = computed(() => this.#viewer.away() || this.#conversation.outdated());
  readonly replyStopping = computed(() => this.#stopping() && this.replyBusy());
  /** All that is being written has been asked to end. */
  readonly stopping = computed(
    () =>
      this.busy() &&
      this.replyBusy() === this.replyStopping() &&
      this.#companion.busy() === this.#companion.stopping(),
  );
  /** A chat that did not exist before has its id. */
  readonly chatStarted = this.#chatStarted.asObservable();
  readonly failure = computed((): ChatFailure | null => {
    const unread = this.#conversation.failure();
    // While the server is waited for, the page says so in its own line.
    const unlisted = this.outdated() ? null : this.#models.failure();
    return (
      this.#failure() ??
      this.#companion.failure() ??
      (unread && { failure: unread, again: () => this.#conversation.reload() }) ??
      (unlisted && { failure: unlisted, again: () => this.begin() })
    );
  });
  readonly model = computed(() => {
    const chosen = this.#pickedModel() ?? this.conversation().model?.id;
    return this.#models.find(chosen) ?? this.#models.preferred();
  });

  /** The model that answers what is sent as well, beside the chat's own. */
  readonly rival = computed(() => {
    const rival = this.#models.find(this.#drafts.rivalId() ?? undefined);
    return rival?.available && rival.id !== this.model()?.id ? rival : null;
  });
  /** Of those that are to answer, one that cannot see the images that are attached. */
  readonly blind = computed(() => {
    const asked = [this.model(), this.rival()];
    return this.#composer.hasImages()
      ? (asked.find((model) => model?.acceptsImages === false) ?? null)
      : null;
  });
  /** Why nothing can be sent now; `null`: it can, as soon as there is text. */
  readonly held = computed((): string | null => {
    if (this.outdated()) return $localize`Sending waits for the server. What you write is kept.`;
    if (this.#composer.waiting()) return $localize`It is sent as soon as the files are uploaded.`;
    const blind = this.blind();
    return blind ? $localize`${blind.name}:model: cannot see images.` : this.#composer.held();
  });

  /** What every chat needs: who is there, the models, the list. */
  async begin(): Promise<void> {
    const known = this.#viewer.load().then(
      () => this.#chats.load(),
      (error: unknown) => this.#beginLater(error),
    );
    // Whatever fails says so in its own place.
    await Promise.allSettled([this.#models.load(), known]);
  }

  /** What was here last is shown until there is a server again. */
  async #beginLater(error: unknown): Promise<void> {
    if (!(error instanceof Failure) || error.code !== 'UNREACHABLE') throw error;
    const reached = this.#viewer.untilReached();
    await this.#chats.showKept();
    await reached;
    if (this.#conversation.failure()?.code === 'UNREACHABLE') void this.#conversation.reload();
    await this.begin();
  }

  async open(chatId: string | null): Promise<void> {
    if (chatId !== this.chatId()) this.#reset();
    await this.#conversation.open(chatId);
  }

  /**
   * The message stands on the page at once; when it cannot be sent, it stands in the composer again. One whose files are
   * on their way yet waits there for them, and is sent then.
   */
  async send(text: string): Promise<void> {
    const model = this.model();
    if (this.busy() || !model || text.trim() === '' || this.#composer.held() || this.blind()) return;
    if (!this.#composer.filesReady()) return void this.#sendWithFiles(text);
    const chatId = this.chatId();
    const written = this.#composer.take(text);
    await this.#send(written, model, {
      refused: () => this.#composer.giveBack(chatId, written),
      again: () => this.send(this.#composer.text()),
    });
  }

  /** Sends what the page proposes. What is being written stays where it is, with its files. */
  async sendStarter(text: string): Promise<void> {
    const model = this.model();
    if (this.busy() || !model) return;
    this.#composer.callOff();
    const proposed = { edit: null, text, files: [] };
    await this.#send(proposed, model, { refused: () => undefined, again: () => this.sendStarter(text) });
  }

  async #sendWithFiles(text: string): Promise<void> {
    this.#composer.write(text);
    if (await this.#composer.untilFilesReady()) await this.send(text);
  }

  async #send(
    { edit, text, files }: Written,
    model: Model,
    { refused, again }: Pick<StartSteps, 'refused' | 'again'>,
  ): Promise<void> {
    const chatId = this.chatId();
    const { visit } = this.#conversation;
    const attachments = attachmentsOf(files);
    const place = edit && { parentMessageId: edit.parentMessageId };
    const where = chatId ? { chatId } : this.#settings.forNewChat(model);
    const attachmentIds = attachments.map(({ id }) => id);
    const request = { prompt: text, modelId: model.id, attachmentIds, ...where, ...place };
    const idempotencyKey = this.#keyFor(JSON.stringify(request));
    const rival = this.rival();
    const former = this.companion();
    const expected = rival && this.#companion.expect(rival);
    if (!expected) this.#companion.clear();
    await this.#start({
      shown: (before, draft) => withPrompt(before, { ...draft, text, attachments, ...place }),
      asked: async () => {
        const session = await this.#api.start({ ...request, idempotencyKey });
        if (!chatId) this.#settings.forgetNew();
        return session;
      },
      begun: ({ userMessage }) => {
        if (expected) void this.#companion.ask(expected, userMessage.id);
      },
      refused: () => {
        if (visit === this.#conversation.visit) this.#companion.show(former);
        refused();
      },
      again,
    });
  }

  /** Another reply to the same message, beside this one. */
  async regenerate(messageId: string): Promise<void> {
    const model = this.model();
    if (this.replyBusy() || !model) return;
    // Only what stands beside the last reply goes on standing there.
    if (this.conversation().entries.at(-1)?.message.id !== messageId) this.#companion.clear();
    await this.#start({
      shown: (before, draft) => withoutReply(before, messageId, draft),
      asked: () => this.#api.regenerate(messageId, model.id),
      refused: () => undefined,
      again: () => this.regenerate(messageId),
    });
  }

  /** Goes on with a reply that ended early, in another version of it that begins with its text. */
  async continue(messageId: string): Promise<void> {
    const model = this.model();
    if (this.replyBusy() || !model) return;
    await this.#start({
      shown: (before, draft) => withContinuedReply(before, messageId, draft),
      asked: () => this.#api.continue(messageId, model.id),
      refused: () => undefined,
      again: () => this.continue(messageId),
    });
  }

  /** Has another model answer the last message once more, beside the reply that is there. */
  async compareAgain(): Promise<void> {
    const { message } = this.companion() ?? {};
    const rival = this.rival() ?? message?.model;
    if (this.#companion.busy() || !message?.parentId || !rival) return;
    this.#failure.set(null);
    await this.#companion.ask(this.#companion.expect(rival), message.parentId);
  }

  /** Asks the server to end all that is being written here. The page changes when the streams say that it has. */
  async stop(): Promise<void> {
    await Promise.all([this.stopReply(), this.#companion.stop()]);
  }

  async stopReply(): Promise<void> {
    if (!this.replyBusy() || this.#stopping()) return;
    this.#stopping.set(true);
    const sessionId = this.conversation().reply?.sessionId;
    // A reply without a session yet is stopped as soon as it has one.
    if (!sessionId) return;
    const visit = this.#conversation.visit;
    try {
      await this.#api.stop(sessionId);
    } catch (error) {
      this.#stopping.set(false);
      this.#fail(error, visit, () => this.stopReply());
    }
  }

  /** Makes another version of a message the one that the chat goes on from. */
  async select(messageId: string): Promise<void> {
    if (this.busy()) return;
    const visit = this.#conversation.visit;
    try {
      await this.#api.select(messageId);
      if (visit === this.#conversation.visit) await this.#conversation.reload(messageId);
    } catch (error) {
      this.#fail(error, visit, () => this.select(messageId));
    }
  }

  /** Brings a message of the chat onto the page, with its branch if need be. Whether it is there then. */
  async bring(messageId: string): Promise<boolean> {
    const visit = this.#conversation.visit;
    if (await this.#conversation.reach(messageId)) return true;
    if (visit !== this.#conversation.visit) return false;
    await this.select(messageId);
    return this.#conversation.reach(messageId);
  }

  /** Begins a new chat with all that was said up to this message. */
  async fork(messageId: string): Promise<void> {
    const visit = this.#conversation.visit;
    try {
      const chat = await this.#api.fork(messageId);
      this.#chats.noteStarted(chat);
      if (visit === this.#conversation.visit) this.#chatStarted.next(chat.id);
    } catch (error) {
      this.#fail(error, visit, () => this.fork(messageId));
    }
  }

  async tryAgain(): Promise<void> {
    const failed = this.failure();
    this.#failure.set(null);
    this.#companion.forgetFailure();
    await failed?.again();
  }

  /** Shows what the server has, whatever stood here. */
  async reload(): Promise<void> {
    this.#failure.set(null);
    this.#companion.forgetFailure();
    await this.#conversation.reload();
  }

  loadEarlier(): Promise<void> {
    return this.#conversation.loadEarlier();
  }

  chooseModel(id: string): void {
    this.#pickedModel.set(id);
    this.#models.remember(id);
    this.#settings.chooseModel(id);
  }

  /** From the next message on; `null`: none does. */
  chooseRival(id: string | null): void {
    this.#drafts.chooseRival(id);
  }

  /** Puts a message of one's own into the composer. */
  edit(message: ChatMessage): void {
    if (this.busy()) return;
    this.#failure.set(null);
    this.#composer.edit(message);
  }

  editLastPrompt(): void {
    const last = this.conversation().entries.findLast(({ message }) => message.role === 'USER');
    if (last) this.edit(last.message);
  }

  async #start(steps: StartSteps): Promise<void> {
    const { visit } = this.#conversation;
    const before = this.conversation();
    const draft = { key: this.#chance.key(), model: this.model(), createdAt: new Date().toISOString() };
    this.#failure.set(null);
    this.#stopping.set(false);
    this.#conversation.show(steps.shown(before, draft));
    try {
      await this.#viewer.ensure();
      await this.#settings.settle();
      const session = await steps.asked();
      this.#started(session, visit);
      steps.begun?.(session);
    } catch (error) {
      if (visit === this.#conversation.visit) this.#conversation.show(before);
      steps.refused();
      this.#fail(error, visit, steps.again);
    }
  }

  #started(session: StartedSession, visit: object): void {
    this.#unsent = null;
    this.#chats.noteStarted({ ...session.chat, activeSession: { id: session.id } });
    if (visit !== this.#conversation.visit) return;
    const isNew = this.chatId() === null;
    const stopAsked = this.#stopping();
    this.#conversation.adopt(session);
    if (isNew) this.#chatStarted.next(session.chat.id);
    if (!stopAsked) return;
    this.#stopping.set(false);
    void this.stopReply();
  }

  #reset(): void {
    this.#composer.callOff();
    this.#failure.set(null);
    this.#stopping.set(false);
    this.#pickedModel.set(null);
  }

  #keyFor(request: string): string {
    if (this.#unsent?.request !== request) this.#unsent = { request, key: this.#chance.key() };
    return this.#unsent.key;
  }

  /** A failure of a chat that was left is nobody's any more: its text is back in that chat's draft. */
  #fail(error: unknown, visit: object, again: () => Promise<void>): void {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'QUOTA_EXCEEDED') void this.#viewer.refreshUsage();
    if (visit === this.#conversation.visit) this.#failure.set({ failure: error, again });
  }
}
