import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { Markdown } from '../markdown/markdown';
import { providerName } from '../models/provider-name';
import { MessageAttachments } from './attachments/message-attachments';
import { ErrorBanner } from './error-banner';
import { errorSentence, type ErrorNames, type WayOn } from './error-text';
import { canGoOn, isGrowing, type ChatMessage, type ReplyError } from './message';
import { MessageFoot } from './message-foot';
import { ReasoningFold } from './reasoning-fold';
import { ReplyWaiting } from './reply-waiting';

/** One message: a soft bubble for who asks, plain text for who answers. */
@Component({
  selector: 'app-message-view',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ErrorBanner, Markdown, MessageAttachments, MessageFoot, ReasoningFold, ReplyWaiting],
  templateUrl: './message-view.html',
  styleUrl: './message-view.css',
})
export class MessageView {
  readonly message = input.required<ChatMessage>();
  /** The end of the chat: a failure here still has a way on. */
  readonly last = input.required<boolean>();
  readonly busy = input.required<boolean>();
  /** It stands in the composer to be changed. */
  readonly edited = input(false);
  /** A long reply is shown in one go, and not its end first. */
  readonly whole = input(false);
  /** What the stream said about a failure, while that is known. */
  readonly error = input<ReplyError | null>(null);
  readonly editRequested = output();
  readonly forkRequested = output();
  readonly regenerateRequested = output();
  readonly versionChosen = output<string>();
  readonly stopRequested = output();
  readonly wayTaken = output<WayOn>();

  protected readonly growing = computed(() => isGrowing(this.message()));
  readonly #silent = computed(() => this.growing() && this.message().content === '');
  protected readonly waiting = computed(() => this.#silent() && !this.message().reasoning);
  protected readonly thinking = computed(() => this.#silent() && !this.waiting());
  protected readonly author = computed(() => this.message().model?.name ?? $localize`Reply`);
  protected readonly canGoOn = computed(() => canGoOn(this.message()));
  protected readonly names = computed((): ErrorNames => {
    const { model } = this.message();
    const retryAfterMs = this.error()?.retryAfterMs;
    return {
      ...(model && { model: model.name, provider: providerName(model.provider) }),
      ...(retryAfterMs && { retryAfterMs }),
      canGoOn: this.canGoOn(),
    };
  });
  protected readonly failure = computed(() => {
    const { status, errorCode } = this.message();
    return status === 'FAILED' ? (errorCode ?? 'INTERNAL') : null;
  });
  protected readonly failureSentence = computed(() => {
    const code = this.failure();
    return code && errorSentence(code, this.names());
  });
}
