import { Injectable, computed, inject, signal } from '@angular/core';
import { BrowserStorage } from '../browser/browser-storage';
import type { AttachedFile } from './attachments/attached-file';
import { AttachmentsStore } from './attachments/attachments-store';

/** A message of one's own that is being changed: sent, it stands beside the old one, after the same message. */
export interface Edit {
  readonly messageId: string;
  readonly parentMessageId: string | null;
  readonly text: string;
}

/**
 * What stands in the composer, kept per chat, so that neither a reload nor another chat loses it: the next message, whom
 * else it is for, and beside it the edit of an earlier one.
 */
@Injectable({ providedIn: 'root' })
export class Drafts {
  readonly #storage = inject(BrowserStorage);
  readonly #attachments = inject(AttachmentsStore);
  readonly #chatId = signal<string | null>(null);
  readonly #text = signal(this.#kept(null));
  readonly #edit = signal<Edit | null>(null);
  readonly #rivalId = signal(this.#storage.read(rivalKeyOf(null)));

  readonly text = this.#text.asReadonly();
  readonly edit = this.#edit.asReadonly();
  /** The model that is to answer as well, beside the chat's own. */
  readonly rivalId = this.#rivalId.asReadonly();
  /** Under which the next message is kept, and what is attached to it. */
  readonly key = computed(() => keyOf(this.#chatId()));
  /** The same of the edit. */
  readonly editKey = computed(() => editKeyOf(this.#chatId()));

  constructor() {
    this.#attachments.recall(this.key());
  }

  /** Changes over to another chat's draft; `null` is the chat that does not exist yet. */
  show(chatId: string | null): void {
    this.#chatId.set(chatId);
    this.#text.set(this.#kept(chatId));
    this.#edit.set(parsedEdit(this.#storage.read(this.editKey())));
    this.#rivalId.set(this.#storage.read(rivalKeyOf(chatId)));
    this.#attachments.recall(this.key());
    this.#attachments.recall(this.editKey());
  }

  /** The chat exists now; what was typed, attached and chosen meanwhile belongs to it. */
  moveTo(chatId: string): void {
    const text = this.#text();
    const rivalId = this.#rivalId();
    this.write('');
    this.chooseRival(null);
    this.#attachments.move(this.key(), keyOf(chatId));
    this.#chatId.set(chatId);
    this.write(text);
    this.chooseRival(rivalId);
  }

  write(text: string): void {
    this.#text.set(text);
    this.#keep(this.key(), text);
  }

  /** `null`: the chat's own model answers alone. */
  chooseRival(modelId: string | null): void {
    this.#rivalId.set(modelId);
    this.#keep(rivalKeyOf(this.#chatId()), modelId ?? '');
  }

  /** `null`: nothing is edited any more. */
  writeEdit(edit: Edit | null): void {
    this.#edit.set(edit);
    this.#keep(this.editKey(), edit ? JSON.stringify(edit) : '');
  }

  /** A message that could not be sent comes back, before whatever was begun since. */
  giveBack(chatId: string | null, text: string, files: readonly AttachedFile[]): void {
    this.#attachments.giveBack(keyOf(chatId), files);
    const begun = this.#kept(chatId);
    const whole = begun.trim() === '' ? text : `${text}\n\n${begun}`;
    if (chatId === this.#chatId()) this.write(whole);
    else this.#keep(keyOf(chatId), whole);
  }

  /** An edit that could not be sent comes back. */
  giveBackEdit(chatId: string | null, edit: Edit, files: readonly AttachedFile[]): void {
    this.#attachments.giveBack(editKeyOf(chatId), files);
    if (chatId === this.#chatId()) this.writeEdit(edit);
    else this.#keep(editKeyOf(chatId), JSON.stringify(edit));
  }

  #kept(chatId: string | null): string {
    return this.#storage.read(keyOf(chatId)) ?? '';
  }

  #keep(key: string, text: string): void {
    if (text === '') this.#storage.remove(key);
    else this.#storage.write(key, text);
  }
}

function keyOf(chatId: string | null): string {
  return `draft.${chatId ?? 'new'}`;
}

function editKeyOf(chatId: string | null): string {
  return `${keyOf(chatId)}.edit`;
}

function rivalKeyOf(chatId: string | null): string {
  return `${keyOf(chatId)}.rival`;
}

function parsedEdit(kept: string | null): Edit | null {
  return kept ? (JSON.parse(kept) as Edit) : null;
}
