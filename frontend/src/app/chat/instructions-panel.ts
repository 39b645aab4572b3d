import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { counted } from '../browser/counted';
import type { Failure } from '../graphql/failure';
import type { Model } from '../models/models-api';
import { Panel } from '../shell/panel';
import { MAX_SYSTEM_PROMPT_LENGTH, temperatureNote, type ChatSettings } from './chat-settings';
import type { Saving } from './chat-settings-store';
import { errorSentence } from './error-text';

/** What the model is told before every message of a chat, and its temperature: saved as typed. */
@Component({
  selector: 'app-instructions-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Panel],
  templateUrl: './instructions-panel.html',
  styleUrl: './instructions-panel.css',
})
export class InstructionsPanel {
  protected readonly maxLength = MAX_SYSTEM_PROMPT_LENGTH;

  readonly origin = input.required<HTMLElement>();
  readonly settings = input.required<ChatSettings>();
  readonly model = input.required<Model | null>();
  readonly ofNewChat = input.required<boolean>();
  readonly saving = input.required<Saving>();
  readonly failure = input.required<Failure | null>();
  readonly changed = output<Partial<ChatSettings>>();
  readonly saveRequested = output();
  readonly closed = output();

  protected readonly maxTemperature = computed(() => this.model()?.maxTemperature ?? 0);
  protected readonly note = computed(() => temperatureNote(this.settings().temperature, this.model()));
  protected readonly temperature = computed(() => {
    const { temperature } = this.settings();
    if (temperature === null) return $localize`The model's own`;
    return counted(temperature, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  });
  protected readonly state = computed(() => {
    if (this.ofNewChat()) return $localize`Begins with your first message.`;
    switch (this.saving()) {
      case 'saving':
        return $localize`Saving`;
      case 'saved':
        return $localize`Saved`;
      case 'failed':
        return $localize`Not saved. ${this.#reason()}:reason:`;
      default:
        return '';
    }
  });

  #reason(): string {
    const failure = this.failure();
    if (!failure) return '';
    return failure.code === 'VALIDATION_FAILED' ? failure.message : errorSentence(failure.code, {});
  }
}
