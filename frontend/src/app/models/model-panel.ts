import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, type ConnectedPosition } from '@angular/cdk/overlay';
import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../shell/icon';
import { groupModels, unavailability, type ModelGroup } from './model-groups';
import type { Model } from './models-api';

/** The catalog to choose from: search, pins, and why a model cannot be used. */
@Component({
  selector: 'app-model-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CdkConnectedOverlay, CdkTrapFocus, Icon, RouterLink],
  templateUrl: './model-panel.html',
  styleUrl: './model-panel.css',
})
export class ModelPanel {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly search = signal('');
  protected readonly groups = computed(() => groupModels(this.models(), this.search()));
  protected readonly unavailability = unavailability;
  protected readonly positions: ConnectedPosition[] = [
    { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 4 },
  ];

  readonly origin = input.required<HTMLElement>();
  readonly models = input.required<readonly Model[]>();
  readonly chosen = input.required<Model | null>();
  readonly modelChosen = output<Model>();
  readonly pinToggled = output<Model>();
  readonly closed = output();
  /** Somebody went to another page. */
  readonly left = output();

  protected headingOf({ name, reason }: ModelGroup): string {
    if (!reason) return name;
    return reason.way === 'see-plans' ? `${name} · ${reason.text}` : `${name} ${reason.text}`;
  }

  protected chooseFirst(): void {
    const first = this.groups()
      .flatMap((group) => group.models)
      .find((model) => model.available);
    if (first) this.modelChosen.emit(first);
  }

  /** Arrows walk through the models, over the groups' borders. */
  protected walk(event: Event, panel: HTMLElement, step: 1 | -1): void {
    event.preventDefault();
    const stops = Array.from(panel.querySelectorAll<HTMLElement>('input, .model:enabled, .way'));
    const at = stops.indexOf(this.#host.nativeElement.ownerDocument.activeElement as HTMLElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  }
}
