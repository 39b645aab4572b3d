import { Injectable, computed, inject, signal } from '@angular/core';
import { hasImages, type AttachedFile } from './attachments/attached-file';
import { MAX_ATTACHMENTS, isImage } from './attachments/attachment';
import { AttachmentsStore } from './attachments/attachments-store';
import { ConversationStore } from './conversation-store';
import { Drafts, type Edit } from './drafts';
import type { ChatMessage } from './message';

/** Longest message that the server takes, in UTF-16 code units. */
const MAX_LENGTH = 400_000;

/** What was taken out of the composer to be sent. */
export interface Written {
  /** `null`: the next message. */
  readonly edit: Edit | null;
  readonly text: string;
  readonly files: readonly AttachedFile[];
}

/** What stands in the composer: the next message, or another version of an earlier one, with its files. */
@Injectable({ providedIn: 'root' })
export class ComposerStore {
  readonly #drafts = inject(Drafts);
  readonly #attachments = inject(AttachmentsStore);
  readonly #conversation = inject(ConversationStore).conversation;

  /** Only while the message is on the page: on another branch there would be no place for what is sent. */
  readonly #edit = computed(() => {
    const edit = this.#drafts.edit();
    const { entries } = this.#conversation();
    return entries.some(({ message }) => message.id === edit?.messageId) ? edit : null;
  });
  readonly #key = computed(() => (this.#edit() ? this.#drafts.editKey() : this.#drafts.key()));

  readonly text = computed(() => this.#edit()?.text ?? this.#drafts.text());
  /** The message that is being edited. */
  readonly editedId = computed(() => this.#edit()?.messageId ?? null);
  readonly files = computed(() => this.#attachments.of(this.#key()));
  readonly hasImages = computed(() => hasImages(this.files()));
  /** What was to be attached last, and was not taken. */
  readonly refused = computed(() => this.#attachments.refusedOf(this.#key()));
  /** A wait for what is to be sent to be complete; called off, it is another one, or none. */
  readonly #wait = signal<object | null>(null);
  /** It is sent as soon as its chat is here and its files are uploaded. */
  readonly waiting = computed(() => this.#wait() !== null);
  /** Why it cannot be sent as it stands; `null`: it can, at the latest when all is uploaded. */
  readonly held = computed((): string | null => {
    if (this.files().some(({ progress }) => progress.type === 'failed'))
      return $localize`Upload again what was not uploaded, or remove it.`;
    if (this.files().length > MAX_ATTACHMENTS)
      return $localize`A message takes up to ${MAX_ATTACHMENTS}:count: files.`;
    if (this.text().length <= MAX_LENGTH) return null;
    const longest = MAX_LENGTH.toLocaleString($localize.locale);
    return $localize`A message takes up to ${longest}:count: letters.`;
  });

  /** Whoever writes on is not done: what waits to be sent does so no more. */
  write(text: string): void {
    this.callOff();
    const edit = this.#edit();
    if (edit) this.#drafts.writeEdit({ ...edit, text });
    else this.#drafts.write(text);
  }

  /** Puts a message of one's own into the composer; sent, it is another version of itself. The draft is kept. */
  edit({ id, parentId, content, attachments }: ChatMessage): void {
    this.callOff();
    this.#attachments.clear(this.#drafts.editKey());
    this.#attachments.addSent(this.#drafts.editKey(), attachments);
    this.#drafts.writeEdit({ messageId: id, parentMessageId: parentId, text: content });
  }

  /** The composer has its former draft again. */
  stopEditing(): void {
    this.callOff();
    this.#drafts.writeEdit(null);
    this.#attachments.clear(this.#drafts.editKey());
  }

  /** Puts what was asked elsewhere before what is written here. */
  takeOver({ content, attachments }: ChatMessage): void {
    this.callOff();
    this.#attachments.addSent(this.#drafts.key(), attachments);
    this.#drafts.giveBack(this.#conversation().chatId, content, []);
  }

  attach(files: readonly File[]): Promise<void> {
    return this.#attachments.add(this.#key(), files);
  }

  detach(key: string): void {
    this.#attachments.remove(key);
  }

  detachImages(): void {
    for (const file of this.files()) if (isImage(file)) this.#attachments.remove(file.key);
  }

  uploadAgain(key: string): Promise<void> {
    return this.#attachments.retry(key);
  }

  /** Whether the server has all files of what is written. */
  filesReady(): boolean {
    return this.#attachments.ready(this.#key());
  }

  /**
   * Waits until its chat has been read, and brings to the server what is not there yet, or not any more. Whether all is
   * there then, and nobody has called it off; of what is not, the files themselves say why.
   */
  async untilReady(read: Promise<unknown>): Promise<boolean> {
    const wait = {};
    const refused = this.refused();
    this.#wait.set(wait);
    this.#attachments.renew(this.#key());
    await Promise.all([read, this.#attachments.untilUploaded(this.#key())]);
    if (this.#wait() !== wait) return false;
    this.#wait.set(null);
    return this.filesReady() && this.refused().every((one) => refused.includes(one));
  }

  /** What waits is not sent by itself any more. */
  callOff(): void {
    this.#wait.set(null);
  }

  /** Empties the composer of what is to be sent. */
  take(text: string): Written {
    const edit = this.#edit();
    const files = this.files();
    this.#attachments.clear(this.#key());
    if (edit) this.#drafts.writeEdit(null);
    else this.#drafts.write('');
    return { edit, text, files };
  }

  /** What could not be sent stands in its chat's composer again. */
  giveBack(chatId: string | null, { edit, text, files }: Written): void {
    if (edit) this.#drafts.giveBackEdit(chatId, { ...edit, text }, files);
    else this.#drafts.giveBack(chatId, text, files);
  }
}
