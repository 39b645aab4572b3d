import { Injectable, computed, inject, signal } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';
import { Failure } from '../graphql/failure';
import type { Model } from '../models/models-api';
import { ChatApi } from './chat-api';
import { NO_SETTINGS, areSet, type ChatSettings } from './chat-settings';
import { ConversationStore } from './conversation-store';

/** After the last key, in milliseconds. */
const SAVE_AFTER_MS = 600;
const OF_NEW_CHAT = 'draft.settings';

interface Edited {
  readonly chatId: string;
  readonly settings: ChatSettings;
}

export type Saving = 'idle' | 'saving' | 'saved' | 'failed';

/** The settings of the chat on the page. What is typed is shown at once, and saved a moment later. */
@Injectable({ providedIn: 'root' })
export class ChatSettingsStore {
  readonly #api = inject(ChatApi);
  readonly #conversation = inject(ConversationStore);
  readonly #storage = inject(BrowserStorage);

  readonly #edited = signal<Edited | null>(null);
  readonly #saving = signal<Saving>('idle');
  readonly #failure = signal<Failure | null>(null);
  readonly #ofNewChat = signal(this.#kept());
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes arrive in the order in which they were made. */
  #lastChange: Promise<unknown> = Promise.resolve();

  readonly settings = computed((): ChatSettings => {
    const { chatId, settings } = this.#conversation.conversation();
    if (chatId === null) return this.#ofNewChat();
    const edited = this.#edited();
    return edited?.chatId === chatId ? edited.settings : settings;
  });
  readonly areSet = computed(() => areSet(this.settings()));
  readonly saving = this.#saving.asReadonly();
  /** Why they could not be saved. */
  readonly failure = this.#failure.asReadonly();
  /** The chat does not exist yet: its settings go with the first message. */
  readonly ofNewChat = computed(() => this.#conversation.chatId() === null);

  write(change: Partial<ChatSettings>): void {
    const chatId = this.#conversation.chatId();
    const settings = { ...this.settings(), ...change };
    if (chatId === null) return this.#keep(settings);
    const before = this.#edited();
    if (before && before.chatId !== chatId) void this.#save(before);
    this.#edited.set({ chatId, settings });
    this.#saving.set('saving');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  /** Saves now what was not saved yet. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    const edited = this.#edited();
    if (edited) await this.#save(edited);
  }

  /** As `save`; throws the `Failure` where the chat's next reply would be made without what was typed. */
  async settle(): Promise<void> {
    await this.save();
    const failure = this.#failure();
    if (failure && this.#edited()?.chatId === this.#conversation.chatId()) throw failure;
  }

  /** Notes which model is to answer next. Where that cannot be, the next message names it still. */
  chooseModel(modelId: string): void {
    const chatId = this.#conversation.chatId();
    if (chatId === null) return;
    void this.#inTurn(() => this.#api.updateSettings(chatId, { modelId }));
  }

  /** What a new chat begins with: no temperature that its first model would refuse. */
  forNewChat({ maxTemperature }: Model): Partial<ChatSettings> {
    const { systemPrompt, temperature } = this.#ofNewChat();
    return {
      ...(systemPrompt.trim() !== '' && { systemPrompt }),
      ...(temperature !== null && maxTemperature > 0 && temperature <= maxTemperature && { temperature }),
    };
  }

  /** The new chat has them now. */
  forgetNew(): void {
    this.#keep(NO_SETTINGS);
  }

  async #save(edited: Edited): Promise<void> {
    const { chatId, settings } = edited;
    this.#saving.set('saving');
    const failure = await this.#inTurn(async () => {
      await this.#api.updateSettings(chatId, settings);
      this.#conversation.noteSettings(chatId, settings);
    });
    // Somebody has typed on: that is saved by itself.
    if (this.#edited() !== edited) return;
    this.#failure.set(failure);
    this.#saving.set(failure ? 'failed' : 'saved');
    if (!failure) this.#edited.set(null);
  }

  #inTurn(change: () => Promise<unknown>): Promise<Failure | null> {
    const turn = this.#lastChange.then(change).then(
      () => null,
      (error: unknown) => {
        if (error instanceof Failure) return error;
        throw error;
      },
    );
    this.#lastChange = turn;
    return turn;
  }

  #keep(settings: ChatSettings): void {
    this.#ofNewChat.set(settings);
    if (areSet(settings)) this.#storage.write(OF_NEW_CHAT, JSON.stringify(settings));
    else this.#storage.remove(OF_NEW_CHAT);
  }

  #kept(): ChatSettings {
    const kept = this.#storage.read(OF_NEW_CHAT);
    return kept === null ? NO_SETTINGS : (JSON.parse(kept) as ChatSettings);
  }
}
