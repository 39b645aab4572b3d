import { Clipboard } from '@angular/cdk/clipboard';
import { Injectable, inject } from '@angular/core';
import { Notices } from '../browser/notices';
import { ChatStore } from './chat-store';

/** The last reply of the chat on the page that says something, and what a key does with it. */
@Injectable({ providedIn: 'root' })
export class LastReply {
  readonly #conversation = inject(ChatStore).conversation;
  readonly #clipboard = inject(Clipboard);
  readonly #notices = inject(Notices);

  /** As Markdown, as the button below it does; what came of it is said in a notice. */
  copy(): void {
    const last = this.#conversation().entries.findLast(
      ({ message }) => message.role === 'ASSISTANT' && message.content.trim() !== '',
    );
    if (!last) this.#notices.tell($localize`There is no reply to copy yet.`);
    else if (this.#clipboard.copy(last.message.content)) this.#notices.tell($localize`Reply copied.`);
    else this.#notices.tell($localize`The reply could not be copied.`);
  }
}
