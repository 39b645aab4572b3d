import { Injectable, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { Failure } from '../graphql/failure';
import type { ChatFailure } from './chat-failure';
import { ConversationStore } from './conversation-store';

/** What was asked for last in the chat on the page, and did not succeed. */
@Injectable({ providedIn: 'root' })
export class LastFailure {
  readonly #viewer = inject(ViewerStore);
  readonly #conversation = inject(ConversationStore);
  readonly #failure = signal<ChatFailure | null>(null);

  readonly failure = this.#failure.asReadonly();

  /**
   * Takes a `Failure` of what was begun at that visit; anything else is thrown on. One of a chat that was left is nobody's
   * any more: its text is back in that chat's draft.
   */
  note(error: unknown, visit: object, again: () => Promise<void>): void {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'QUOTA_EXCEEDED') void this.#viewer.refreshUsage();
    if (visit === this.#conversation.visit) this.#failure.set({ failure: error, again });
  }

  /** It has been read, or is being answered. */
  forget(): void {
    this.#failure.set(null);
  }
}
