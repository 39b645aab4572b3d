import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { FollowEnd } from './follow-end';

/** What a model thought, folded away; open while it thinks, unless the reader says otherwise. */
@Component({
  selector: 'app-reasoning-fold',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [FollowEnd],
  template: `
    <details [open]="open()">
      <summary [class.thinking]="thinking()" (click)="turn($event)">
        {{ heading() }}
      </summary>
      <div class="scroller" appFollowEnd tabindex="0" role="group" aria-label="Thoughts" i18n-aria-label>
        <div>
          <div class="text" dir="auto">{{ text() }}</div>
        </div>
      </div>
    </details>
  `,
  styleUrl: './reasoning-fold.css',
})
export class ReasoningFold {
  readonly text = input.required<string>();
  /** The answer has not begun. */
  readonly thinking = input.required<boolean>();

  /** As the reader wants it; who has never said so gets what fits the moment. */
  readonly #chosen = signal<boolean | null>(null);
  protected readonly heading = computed(() => (this.thinking() ? $localize`Thinking` : $localize`Thoughts`));
  protected readonly open = computed(() => this.#chosen() ?? this.thinking());

  /** Keys press a summary as well. The browser's own turning would be one that we do not hear of in time. */
  protected turn(event: Event): void {
    event.preventDefault();
    this.#chosen.set(!this.open());
  }
}
