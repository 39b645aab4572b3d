import { Injectable, computed, inject, signal } from '@angular/core';
import { ModelsStore } from '../models/models-store';
import { ChatSettingsStore } from './chat-settings-store';
import { ComposerStore } from './composer-store';
import { ConversationStore } from './conversation-store';
import { Drafts } from './drafts';

/** Which models answer the next message of the chat on the page. */
@Injectable({ providedIn: 'root' })
export class AskedModels {
  readonly #models = inject(ModelsStore);
  readonly #settings = inject(ChatSettingsStore);
  readonly #composer = inject(ComposerStore);
  readonly #conversation = inject(ConversationStore).conversation;
  readonly #drafts = inject(Drafts);
  readonly #picked = signal<string | null>(null);

  /** The chat's own. */
  readonly model = computed(() => {
    const chosen = this.#picked() ?? this.#conversation().model?.id;
    return this.#models.find(chosen) ?? this.#models.preferred();
  });
  /** The one that answers as well, beside the chat's own. */
  readonly rival = computed(() => {
    const rival = this.#models.find(this.#drafts.rivalId() ?? undefined);
    return rival?.available && rival.id !== this.model()?.id ? rival : null;
  });
  /** Of both, one that cannot see the images that are attached. */
  readonly blind = computed(() => {
    const asked = [this.model(), this.rival()];
    return this.#composer.hasImages()
      ? (asked.find((model) => model?.acceptsImages === false) ?? null)
      : null;
  });

  choose(id: string): void {
    this.#picked.set(id);
    this.#models.remember(id);
    this.#settings.chooseModel(id);
  }

  /** From the next message on; `null`: none does. */
  chooseRival(id: string | null): void {
    this.#drafts.chooseRival(id);
  }

  /** Another chat is opened: what was picked was for the one before. */
  forgetPicked(): void {
    this.#picked.set(null);
  }
}
