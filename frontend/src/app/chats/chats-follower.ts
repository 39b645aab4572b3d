import { Injectable, computed, inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { EMPTY, Subject, catchError, switchMap, type Observable } from 'rxjs';
import { ViewerStore } from '../account/viewer-store';
import { Connectivity } from '../browser/connectivity';
import { ComingBack } from '../browser/coming-back';
import { ChatsApi, type ChatListEvent, type ChatSummary } from './chats-api';
import { ChatsStore } from './chats-store';

/**
 * Keeps the list as it is everywhere. It is followed only while somebody may look at it: browsers have few connections to
 * one server for all tabs together, and who comes back hears what was missed.
 */
@Injectable({ providedIn: 'root' })
export class ChatsFollower {
  readonly #api = inject(ChatsApi);
  readonly #store = inject(ChatsStore);
  readonly #viewer = inject(ViewerStore);
  readonly #comingBack = inject(ComingBack);
  readonly #changed = new Subject<ChatSummary>();
  readonly #deleted = new Subject<string>();
  readonly #reset = new Subject<{ readonly first: boolean }>();
  #cursor: string | null = null;
  /** The chat in which no reply was left unfinished last, and when it was active then. */
  #lastEnd = '';

  /** The chats that change, as they are then. */
  readonly changed: Observable<ChatSummary> = this.#changed;
  /** The ids of chats that are deleted, here or elsewhere. */
  readonly deleted: Observable<string> = this.#deleted;
  /**
   * The list was read anew, since nobody knows what has happened before: too much since the last news, or, at `first`, there
   * were none yet.
   */
  readonly reset: Observable<{ readonly first: boolean }> = this.#reset;

  constructor() {
    const { visible } = inject(Connectivity);
    toObservable(computed(() => visible() && this.#viewer.signedIn()))
      .pipe(switchMap((watched) => (watched ? this.#follow() : EMPTY)))
      .subscribe((event) => this.#take(event));
  }

  #follow(): Observable<ChatListEvent> {
    return this.#comingBack
      .follow(() => this.#api.changes(this.#cursor))
      .pipe(
        // Signed out, for instance: whoever wants something next is told.
        catchError(() => EMPTY),
      );
  }

  #take(event: ChatListEvent): void {
    const first = this.#cursor === null;
    this.#cursor = event.cursor;
    switch (event.__typename) {
      case 'ChatChangedEvent':
        this.#store.noteChanged(event.chat);
        this.#changed.next(event.chat);
        this.#noteEnd(event.chat);
        return;
      case 'ChatDeletedEvent':
        this.#store.noteDeleted(event.chatId);
        this.#deleted.next(event.chatId);
        return;
      case 'ChatListResetEvent':
        void this.#store.load().then(() => this.#reset.next({ first }));
        if (!first) void this.#viewer.refreshUsage();
        return;
      default:
        event satisfies never;
    }
  }

  /** A reply has ended, it may be: here or elsewhere. A chat that gets a title, or is read, was active when it was before. */
  #noteEnd({ id, activeSession, updatedAt }: ChatSummary): void {
    const end = `${id} ${updatedAt}`;
    if (activeSession !== null || end === this.#lastEnd) return;
    this.#lastEnd = end;
    void this.#viewer.refreshUsage();
  }
}
