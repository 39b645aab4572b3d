import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import type { Model } from '../models/models-api';
import { Icon } from '../shell/icon';
import { ChatSettingsStore } from './chat-settings-store';
import { InstructionsPanel } from './instructions-panel';

/** Whether the chat has instructions, and the way to them. The panel is loaded when it is first opened. */
@Component({
  selector: 'app-instructions-button',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, InstructionsPanel],
  template: `
    <button
      #button
      type="button"
      class="icon-button"
      aria-haspopup="dialog"
      [attr.aria-expanded]="isOpen()"
      [attr.aria-label]="label()"
      [title]="label()"
      [class.set]="store.areSet()"
      (click)="isOpen.set(true)"
    >
      <app-icon name="sliders" />
    </button>
    @if (isOpen()) {
      @defer (on immediate) {
        <app-instructions-panel
          [origin]="button"
          [settings]="store.settings()"
          [model]="model()"
          [ofNewChat]="store.ofNewChat()"
          [saving]="store.saving()"
          [failure]="store.failure()"
          (changed)="store.write($event)"
          (saveRequested)="store.save()"
          (closed)="close()"
        />
      }
    }
  `,
  styles: `
    .icon-button {
      position: relative;
    }
    .set {
      color: var(--accent);
    }
    .set::after {
      position: absolute;
      inset-block-start: 7px;
      inset-inline-end: 6px;
      width: 7px;
      height: 7px;
      border-radius: 50%;
      background: var(--accent);
      content: '';
    }
  `,
})
export class InstructionsButton {
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');
  protected readonly store = inject(ChatSettingsStore);
  protected readonly isOpen = signal(false);
  protected readonly label = computed(() =>
    this.store.areSet() ? $localize`Instructions, set` : $localize`Instructions`,
  );

  /** That is to answer next. */
  readonly model = input.required<Model | null>();

  protected close(): void {
    this.isOpen.set(false);
    void this.store.save();
    this.button().nativeElement.focus();
  }
}
