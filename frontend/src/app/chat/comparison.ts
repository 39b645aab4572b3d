import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { ChatStore } from './chat-store';
import { CompanionStore, type Companion } from './companion-store';
import type { WayOn } from './error-text';
import { farewell } from './farewell';
import { isGrowing, type ChatMessage, type ReplyError } from './message';
import { MessageView } from './message-view';

/** The chat's own reply, or the one that stands beside it. */
export type Side = 'reply' | 'companion';

/** A way on from one of two replies. */
export interface WayFromSide {
  readonly side: Side;
  readonly way: WayOn;
  readonly message: ChatMessage;
}

/** Two replies to one message, side by side where there is room, until one of them is chosen. */
@Component({
  selector: 'app-comparison',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MessageView],
  templateUrl: './comparison.html',
  styleUrl: './comparison.css',
})
export class Comparison {
  readonly #companions = inject(CompanionStore);
  protected readonly store = inject(ChatStore);

  readonly reply = input.required<ChatMessage>();
  readonly replyError = input<ReplyError | null>(null);
  readonly companion = input.required<Companion>();
  /** Another failure is being shown; two at once would be one too many. */
  readonly silent = input.required<boolean>();
  readonly chosen = output<string>();
  readonly wayTaken = output<WayFromSide>();
  /** The button that had the focus is gone. */
  readonly focusLost = output();

  protected readonly sides = computed(() => {
    const { message, reply } = this.companion();
    return [
      {
        side: 'reply' as const,
        ...labelsOf(this.reply()),
        message: alone(this.reply()),
        error: this.replyError(),
        busy: this.store.replyBusy(),
        stopping: this.store.replyStopping(),
      },
      {
        side: 'companion' as const,
        ...labelsOf(message),
        message: alone(message),
        error: reply?.error ?? null,
        busy: this.#companions.busy(),
        stopping: this.#companions.stopping(),
      },
    ];
  });
  /** Of the chat's own reply, the page tells. */
  protected readonly announcement = computed(() => {
    const { message } = this.companion();
    return isGrowing(message)
      ? ''
      : `${message.model?.name ?? $localize`The other one`}: ${farewell(message)}`;
  });

  protected stop(side: Side): void {
    void (side === 'reply' ? this.store.stopReply() : this.#companions.stop());
    this.focusLost.emit();
  }

  protected again(side: Side, { id }: ChatMessage): void {
    void (side === 'reply' ? this.store.regenerate(id) : this.store.compareAgain());
    this.focusLost.emit();
  }
}

function labelsOf({ model }: ChatMessage): { name: string; stopLabel: string } {
  return {
    name: model?.name ?? $localize`Reply`,
    stopLabel: model ? $localize`Stop ${model.name}:model:` : $localize`Stop this reply`,
  };
}

/** The two are versions of each other; beside each other, they need no way from one to the other. */
function alone(message: ChatMessage): ChatMessage {
  return { ...message, siblingIds: [message.id] };
}
