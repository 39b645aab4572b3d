import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { Icon } from '../shell/icon';
import type { ChatMessage } from './message';
import { replyDetail, replyLine } from './reply-line';

const COPIED_MS = 1_500;

/** Below a message: what can be done with it, its versions, and where it came from. */
@Component({
  selector: 'app-message-foot',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './message-foot.html',
  styleUrl: './message-foot.css',
})
export class MessageFoot {
  readonly #clipboard = inject(Clipboard);
  #forget: ReturnType<typeof setTimeout> | undefined;
  protected readonly copied = signal(false);
  protected readonly line = computed(() => (this.isReply() ? replyLine(this.message()) : ''));
  protected readonly detail = computed(() => (this.isReply() ? replyDetail(this.message()) : ''));
  protected readonly copyTip = computed(() => (this.copied() ? $localize`Copied` : $localize`Copy message`));
  protected readonly copiedNews = computed(() => (this.copied() ? $localize`Copied` : ''));
  protected readonly isReply = computed(() => this.message().role === 'ASSISTANT');
  protected readonly version = computed(() => this.message().siblingIds.indexOf(this.message().id));

  readonly message = input.required<ChatMessage>();
  /** A reply is being written: versions, edits and regeneration have to wait. */
  readonly busy = input.required<boolean>();
  readonly editRequested = output();
  readonly forkRequested = output();
  readonly regenerateRequested = output();
  readonly versionChosen = output<string>();

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#forget));
  }

  protected copy(): void {
    this.copied.set(this.#clipboard.copy(this.message().content));
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => this.copied.set(false), COPIED_MS);
  }

  protected step(by: 1 | -1): void {
    const id = this.message().siblingIds[this.version() + by];
    if (id) this.versionChosen.emit(id);
  }
}
