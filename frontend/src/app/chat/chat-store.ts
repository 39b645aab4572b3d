import { Injectable, computed, inject } from '@angular/core';
import { Subject, merge } from 'rxjs';
import { ViewerStore } from '../account/viewer-store';
import { ChatsStore } from '../chats/chats-store';
import { Failure } from '../graphql/failure';
import type { Model } from '../models/models-api';
import { ModelsStore } from '../models/models-store';
import { AskedModels } from './asked-models';
import { attachmentsOf } from './attachments/attached-file';
import { ChatApi } from './chat-api';
import type { ChatFailure } from './chat-failure';
import { ChatSettingsStore } from './chat-settings-store';
import { CompanionStore } from './companion-store';
import { ComposerStore, type Written } from './composer-store';
import { withContinuedReply, withPrompt, withoutReply } from './conversation';
import { ConversationStore } from './conversation-store';
import { LastFailure } from './last-failure';
import type { ChatMessage } from './message';
import { ReplyStore, type WayToReply } from './reply-store';

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
  readonly #asked = inject(AskedModels);
  readonly #reply = inject(ReplyStore);
  readonly #lastFailure = inject(LastFailure);
  readonly #forked = new Subject<string>();

  readonly conversation = this.#conversation.conversation;
  readonly loading = this.#conversation.loading;
  readonly companion = this.#companion.companion;
  readonly reconnecting = computed(() => this.#conversation.reconnecting() || this.#companion.reconnecting());
  readonly announcement = this.#conversation.announcement;
  readonly chatId = this.#conversation.chatId;
  readonly replyBusy = this.#reply.busy;
  /** Anything is being written, or has been asked for. */
  readonly busy = computed(() => this.replyBusy() || this.#companion.busy());
  /** The server cannot be reached: what was here last is shown, and sending waits. */
  readonly outdated = computed(() => this.#viewer.away() || this.#conversation.outdated());
  readonly replyStopping = this.#reply.stopping;
  /** All that is being written has been asked to end. */
  readonly stopping = computed(
    () =>
      this.busy() &&
      this.replyBusy() === this.replyStopping() &&
      this.#companion.busy() === this.#companion.stopping(),
  );
  /** A chat that did not exist before has its id. */
  readonly chatStarted = merge(this.#reply.chatStarted, this.#forked);
  readonly failure = computed((): ChatFailure | null => {
    const unread = this.#conversation.failure();
    // While the server is waited for, the page says so in its own line.
    const unlisted = this.outdated() ? null : this.#models.failure();
    return (
      this.#lastFailure.failure() ??
      this.#companion.failure() ??
      (unread && { failure: unread, again: () => this.#conversation.reload() }) ??
      (unlisted && { failure: unlisted, again: () => this.begin() })
    );
  });
  readonly model = this.#asked.model;
  readonly rival = this.#asked.rival;
  readonly blind = this.#asked.blind;
  /** The chat and the models are here: it is certain whom a message would be for. */
  readonly #known = computed(() => this.#models.loaded() && this.#conversation.known());
  /** Why nothing can be sent now; `null`: it can, as soon as there is text. */
  readonly held = computed((): string | null => {
    if (this.outdated()) return $localize`Sending waits for the server. What you write is kept.`;
    if (this.#composer.waiting()) {
      return this.#known()
        ? $localize`It is sent as soon as the files are uploaded.`
        : $localize`It is sent as soon as the chat is loaded.`;
    }
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

  /** Whether the chat is on the page, and not another page in its place. */
  showInView(inView: boolean): void {
    this.#conversation.showInView(inView);
  }

  async open(chatId: string | null): Promise<void> {
    if (chatId !== this.chatId()) this.#reset();
    await this.#conversation.open(chatId);
  }

  /**
   * The message stands on the page at once; when it cannot be sent, it stands in the composer again. One whose chat or
   * files are on their way yet waits there for them, and is sent then.
   */
  async send(text: string): Promise<void> {
    if (this.busy() || text.trim() === '' || this.#composer.held() || this.blind()) return;
    if (!this.#known() || !this.#composer.filesReady()) return void this.#sendLater(text);
    const model = this.model();
    if (!model) return;
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
    await this.#send(proposed, model, { again: () => this.sendStarter(text) });
  }

  async #sendLater(text: string): Promise<void> {
    this.#composer.write(text);
    const read = Promise.all([this.#models.untilRead(), this.#conversation.untilRead()]);
    const ready = await this.#composer.untilReady(read);
    if (ready && this.#known()) await this.send(text);
  }

  async #send(
    { edit, text, files }: Written,
    model: Model,
    { refused, again }: Pick<WayToReply, 'refused' | 'again'>,
  ): Promise<void> {
    const chatId = this.chatId();
    const { visit } = this.#conversation;
    const attachments = attachmentsOf(files);
    const place = edit && { parentMessageId: edit.parentMessageId };
    const where = chatId ? { chatId } : this.#settings.forNewChat(model);
    const attachmentIds = attachments.map(({ id }) => id);
    const request = { prompt: text, modelId: model.id, attachmentIds, ...where, ...place };
    const idempotencyKey = this.#reply.keyFor(JSON.stringify(request));
    const rival = this.rival();
    const former = this.companion();
    const expected = rival && this.#companion.expect(rival);
    if (!expected) this.#companion.clear();
    await this.#reply.begin({
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
        refused?.();
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
    await this.#reply.begin({
      shown: (before, draft) => withoutReply(before, messageId, draft),
      asked: () => this.#api.regenerate(messageId, model.id),
      again: () => this.regenerate(messageId),
    });
  }

  /** Goes on with a reply that ended early, in another version of it that begins with its text. */
  async continue(messageId: string): Promise<void> {
    const model = this.model();
    if (this.replyBusy() || !model) return;
    await this.#reply.begin({
      shown: (before, draft) => withContinuedReply(before, messageId, draft),
      asked: () => this.#api.continue(messageId, model.id),
      again: () => this.continue(messageId),
    });
  }

  /** Has another model answer the last message once more, beside the reply that is there. */
  async compareAgain(): Promise<void> {
    const { message } = this.companion() ?? {};
    const rival = this.rival() ?? message?.model;
    if (this.#companion.busy() || !message?.parentId || !rival) return;
    this.#lastFailure.forget();
    await this.#companion.ask(this.#companion.expect(rival), message.parentId);
  }

  /** Asks the server to end all that is being written here. The page changes when the streams say that it has. */
  async stop(): Promise<void> {
    await Promise.all([this.stopReply(), this.#companion.stop()]);
  }

  stopReply(): Promise<void> {
    return this.#reply.stop();
  }

  /** Makes another version of a message the one that the chat goes on from. */
  async select(messageId: string): Promise<void> {
    if (this.busy()) return;
    const visit = this.#conversation.visit;
    try {
      await this.#api.select(messageId);
      if (visit === this.#conversation.visit) await this.#conversation.reload(messageId);
    } catch (error) {
      this.#lastFailure.note(error, visit, () => this.select(messageId));
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
      if (visit === this.#conversation.visit) this.#forked.next(chat.id);
    } catch (error) {
      this.#lastFailure.note(error, visit, () => this.fork(messageId));
    }
  }

  async tryAgain(): Promise<void> {
    const failed = this.failure();
    this.#lastFailure.forget();
    this.#companion.forgetFailure();
    await failed?.again();
  }

  /** Shows what the server has, whatever stood here. */
  async reload(): Promise<void> {
    this.#lastFailure.forget();
    this.#companion.forgetFailure();
    await this.#conversation.reload();
  }

  loadEarlier(): Promise<void> {
    return this.#conversation.loadEarlier();
  }

  chooseModel(id: string): void {
    this.#asked.choose(id);
  }

  chooseRival(id: string | null): void {
    this.#asked.chooseRival(id);
  }

  /** Puts a message of one's own into the composer. */
  edit(message: ChatMessage): void {
    if (this.busy()) return;
    this.#lastFailure.forget();
    this.#composer.edit(message);
  }

  editLastPrompt(): void {
    const last = this.conversation().entries.findLast(({ message }) => message.role === 'USER');
    if (last) this.edit(last.message);
  }

  #reset(): void {
    this.#composer.callOff();
    this.#lastFailure.forget();
    this.#reply.forgetStop();
    this.#asked.forgetPicked();
  }
}
