import { Injectable, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { ChatsStore } from '../chats/chats-store';
import { Failure } from '../graphql/failure';
import { plainSentence } from '../graphql/plain-sentence';
import { chatsOf, UnreadableFile, type FileChat } from './chat-file';
import { ImportApi } from './import-api';

/** A chat that was not imported, and why. */
export interface LeftOut {
  readonly title: string;
  readonly why: string;
}

/** How far an import is. */
export interface ImportProgress {
  readonly state: 'running' | 'done' | 'broken-off';
  readonly total: number;
  readonly added: number;
  /** They were here already. */
  readonly known: number;
  readonly leftOut: readonly LeftOut[];
  /** Why it was broken off. The same file goes on where it was. */
  readonly problem: string | null;
}

/** Bytes of the largest file that is read; all of it is held in memory. */
const MAX_FILE = 500_000_000;
/** Codes that speak of one chat: the others may be taken still. */
const OF_ONE_CHAT = ['VALIDATION_FAILED'];

/** Reads a file of chats and hands them in one by one, so that each is there wholly or not at all. */
@Injectable({ providedIn: 'root' })
export class ImportStore {
  readonly #api = inject(ImportApi);
  readonly #chats = inject(ChatsStore);
  readonly #viewer = inject(ViewerStore);
  readonly #progress = signal<ImportProgress | null>(null);
  readonly #unreadable = signal<string | null>(null);

  readonly progress = this.#progress.asReadonly();
  /** Why the file could not be read at all. */
  readonly unreadable = this.#unreadable.asReadonly();

  async read(file: File): Promise<void> {
    if (this.#progress()?.state === 'running') return;
    this.#progress.set(null);
    this.#unreadable.set(null);
    try {
      if (file.size > MAX_FILE) throw new UnreadableFile($localize`The file is larger than 500 MB.`);
      await this.#import(chatsOf(await file.text()));
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.#unreadable.set(error.message);
    }
  }

  async #import(chats: readonly FileChat[]): Promise<void> {
    this.#progress.set({
      ...{ state: 'running', total: chats.length, added: 0, known: 0, leftOut: [], problem: null },
    });
    try {
      await this.#viewer.ensure();
      for (const chat of chats) await this.#importOne(chat);
      this.#note({ state: 'done' });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#note({ state: 'broken-off', problem: plainSentence(error) });
    }
    await this.#chats.load();
  }

  async #importOne(chat: FileChat): Promise<void> {
    if (chat.type === 'unreadable') return this.#leaveOut(chat);
    for (;;) {
      try {
        const created = await this.#api.import(chat.input);
        const { added = 0, known = 0 } = this.#progress() ?? {};
        return this.#note(created ? { added: added + 1 } : { known: known + 1 });
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (OF_ONE_CHAT.includes(error.code))
          return this.#leaveOut({ title: chat.title, why: error.message });
        if (error.code !== 'RATE_LIMITED') throw error;
        await new Promise((resolve) => setTimeout(resolve, error.facts.retryAfterMs ?? 10_000));
      }
    }
  }

  #leaveOut({ title, why }: LeftOut): void {
    this.#note({ leftOut: [...(this.#progress()?.leftOut ?? []), { title, why }] });
  }

  #note(change: Partial<ImportProgress>): void {
    this.#progress.update((progress) => progress && { ...progress, ...change });
  }
}
