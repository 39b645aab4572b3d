import { LiveAnnouncer } from '@angular/cdk/a11y';
import { CdkDrag, CdkDragHandle, CdkDropList } from '@angular/cdk/drag-drop';
import {
  ApplicationRef,
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
import { Panel } from '../shell/panel';
import { groupModels, unavailability, type ModelGroup } from './model-groups';
import type { Model } from './models-api';

/** A pin that is to stand before another one, or last. */
export interface PinMove {
  readonly model: Model;
  readonly before: string | null;
}

/** The catalog to choose from: search, pins, and why a model cannot be used. */
@Component({
  selector: 'app-model-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CdkDrag, CdkDragHandle, CdkDropList, Icon, Panel, RouterLink],
  templateUrl: './model-panel.html',
  styleUrl: './model-panel.css',
})
export class ModelPanel {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly #app = inject(ApplicationRef);
  readonly #announcer = inject(LiveAnnouncer);
  protected readonly search = signal('');
  protected readonly groups = computed(() => groupModels(this.models(), this.search()));
  protected readonly unavailability = unavailability;

  readonly origin = input.required<HTMLElement>();
  readonly models = input.required<readonly Model[]>();
  readonly chosen = input.required<Model | null>();
  /** The model that answers, or one to compare it with. */
  readonly choosing = input<'model' | 'rival'>('model');
  /** What the viewer's plan includes, in a sentence. */
  readonly included = input<string>('');
  readonly modelChosen = output<Model>();
  readonly pinMoved = output<PinMove>();
  readonly pinToggled = output<Model>();
  readonly rivalWanted = output();
  readonly closed = output();
  /** Somebody went to another page. */
  readonly left = output();

  protected readonly label = computed(() =>
    this.choosing() === 'rival' ? $localize`Choose a model to compare with` : $localize`Choose a model`,
  );
  protected readonly placeholder = computed(() =>
    this.choosing() === 'rival' ? $localize`Compare with …` : $localize`Search models`,
  );

  protected moveLabel({ name }: Model, first: boolean): string {
    return first ? $localize`Move ${name}:model: to the end` : $localize`Move ${name}:model: up`;
  }

  protected pinLabel({ pinned, name }: Model): string {
    return pinned ? $localize`Unpin ${name}:model:` : $localize`Pin ${name}:model:`;
  }

  protected pinTip({ pinned }: Model): string {
    return pinned ? $localize`Unpin` : $localize`Pin`;
  }

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

  protected wantRival(box: HTMLInputElement): void {
    box.value = '';
    this.search.set('');
    // The button is about to go.
    box.focus();
    this.rivalWanted.emit();
  }

  /** Puts a pin elsewhere in its group, and says where it is then. */
  protected place({ models }: ModelGroup, from: number, to: number): void {
    const model = models[from];
    if (!model || from === to || to < 0 || to >= models.length) return;
    this.pinMoved.emit({ model, before: models.toSpliced(from, 1)[to]?.id ?? null });
    void this.#announcer.announce(
      $localize`${model.name}:model:, ${to + 1}:place: of ${models.length}:count:`,
    );
  }

  /** As `place`, from the row's own button, which keeps the focus on its way. */
  protected press(event: Event, group: ModelGroup, from: number, to: number): void {
    event.preventDefault();
    event.stopPropagation();
    const button = event.currentTarget as HTMLElement;
    this.place(group, from, to);
    // At once: the next press may come before the page would render, and counts from the new place.
    this.#app.tick();
    button.focus();
  }

  /** Arrows walk through the models, over the groups' borders. */
  protected walk(event: Event, content: HTMLElement, step: 1 | -1): void {
    event.preventDefault();
    const stops = Array.from(content.querySelectorAll<HTMLElement>('input, .model:enabled, .way, .compare'));
    const at = stops.indexOf(this.#host.nativeElement.ownerDocument.activeElement as HTMLElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  }
}
