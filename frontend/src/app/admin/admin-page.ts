import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { FailureNote } from '../account/failure-note';
import { ConversationStore } from '../chat/conversation-store';
import { Attempt } from '../graphql/attempt';
import { plainSentence } from '../graphql/plain-sentence';
import { Page } from '../shell/page';
import { AccountRow } from './account-row';
import { AccountsStore } from './accounts-store';

const TYPING_MS = 200;

/** Who has an account here, what they use, and on which plan they are. */
@Component({
  selector: 'app-admin-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountRow, FailureNote, Page, RouterLink],
  templateUrl: './admin-page.html',
  styleUrl: './admin-page.css',
})
export class AdminPage {
  readonly #chatId = inject(ConversationStore).chatId;
  readonly #more = new Attempt();
  #typing: ReturnType<typeof setTimeout> | undefined;
  protected readonly store = inject(AccountsStore);
  protected readonly back = computed(() => (this.#chatId() ? `/chat/${this.#chatId()}` : '/'));
  protected readonly moreProblem = computed(() => {
    const failure = this.#more.failure();
    return failure && plainSentence(failure);
  });

  constructor() {
    void this.store.find('');
  }

  protected find(text: string): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.store.find(text), TYPING_MS);
  }

  protected async loadMore(): Promise<void> {
    await this.#more.make(() => this.store.loadMore());
  }
}
