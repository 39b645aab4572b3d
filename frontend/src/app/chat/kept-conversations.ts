import { Injectable, inject } from '@angular/core';
import { KeptData } from '../browser/kept-data';
import { keyOfChat } from '../chats/chats-store';
import { isBusy, keptConversation, type Conversation } from './conversation';

/** What was read of chats, as this device has it for when the server cannot be reached. */
@Injectable({ providedIn: 'root' })
export class KeptConversations {
  readonly #kept = inject(KeptData);

  /** A reply that grows is kept when it has ended. */
  keep(conversation: Conversation): void {
    if (conversation.chatId === null || isBusy(conversation)) return;
    void this.#kept.keep(keyOfChat(conversation.chatId), { ...conversation, reply: null });
  }

  async read(chatId: string): Promise<Conversation | null> {
    const kept = await this.#kept.read<Conversation>(keyOfChat(chatId));
    return kept && keptConversation(kept);
  }

  forget(chatId: string): void {
    void this.#kept.forget(keyOfChat(chatId));
  }
}
