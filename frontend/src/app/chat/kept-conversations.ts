import { Injectable, inject } from '@angular/core';
import { KeptData } from '../browser/kept-data';
import { keyOfChat } from '../chats/chats-store';
import { keptConversation, type Conversation } from './conversation';
import { isGrowing } from './message';

/** What was read of chats, as this device has it for when the server cannot be reached. */
@Injectable({ providedIn: 'root' })
export class KeptConversations {
  readonly #kept = inject(KeptData);

  /** A reply that grows is kept when it has ended, and what it answers before that. */
  keep(conversation: Conversation): void {
    const { chatId, awaiting } = conversation;
    if (chatId === null || awaiting !== null) return;
    const entries = conversation.entries.filter(({ message }) => !isGrowing(message));
    void this.#kept.keep(keyOfChat(chatId), { ...conversation, entries, reply: null });
  }

  async read(chatId: string): Promise<Conversation | null> {
    const kept = await this.#kept.read<Conversation>(keyOfChat(chatId));
    return kept && keptConversation(kept);
  }

  forget(chatId: string): void {
    void this.#kept.forget(keyOfChat(chatId));
  }
}
