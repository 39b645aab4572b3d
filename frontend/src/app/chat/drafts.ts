import { Injectable, inject, signal } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';

/** What stands in the composer, kept per chat, so that neither a reload nor another chat loses it. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  readonly #storage = inject(BrowserStorage);
  #chatId: string | null = null;
  readonly #text = signal(this.#kept(null));

  readonly text = this.#text.asReadonly();

  /** Changes over to another chat's draft; `null` is the chat that does not exist yet. */
  show(chatId: string | null): void {
    this.#chatId = chatId;
    this.#text.set(this.#kept(chatId));
  }

  /** The chat exists now; what was typed meanwhile belongs to it. */
  moveTo(chatId: string): void {
    const text = this.#text();
    this.write('');
    this.#chatId = chatId;
    this.write(text);
  }

  write(text: string): void {
    this.#text.set(text);
    this.#keep(this.#chatId, text);
  }

  /** A message that could not be sent comes back, before whatever was begun since. */
  giveBack(chatId: string | null, text: string): void {
    const begun = this.#kept(chatId);
    const whole = begun.trim() === '' ? text : `${text}\n\n${begun}`;
    if (chatId === this.#chatId) this.write(whole);
    else this.#keep(chatId, whole);
  }

  #kept(chatId: string | null): string {
    return this.#storage.read(keyOf(chatId)) ?? '';
  }

  #keep(chatId: string | null, text: string): void {
    if (text === '') this.#storage.remove(keyOf(chatId));
    else this.#storage.write(keyOf(chatId), text);
  }
}

function keyOf(chatId: string | null): string {
  return `draft.${chatId ?? 'new'}`;
}
