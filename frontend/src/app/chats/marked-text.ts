import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { markedParts } from './marked-parts';

/** A text with the words that were searched for marked in it. */
@Component({
  selector: 'app-marked-text',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (part of parts(); track $index) {
      @if (part.marked) {
        <mark>{{ part.text }}</mark>
      } @else {
        <span>{{ part.text }}</span>
      }
    }
  `,
  styles: `
    mark {
      border-radius: 2px;
      background: var(--mark);
      color: var(--text);
    }
  `,
})
export class MarkedText {
  readonly text = input.required<string>();
  readonly search = input.required<string>();
  protected readonly parts = computed(() => markedParts(this.text(), this.search()));
}
