import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { Notices } from '../browser/notices';
import { Failure } from '../graphql/failure';
import { Icon } from '../shell/icon';
import { planSentence } from './model-groups';
import { ModelPanel, type PinMove } from './model-panel';
import type { Model } from './models-api';
import { ModelsStore } from './models-store';

/** The model in use, and the way to another one. The panel is loaded when it is first opened. */
@Component({
  selector: 'app-model-picker',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, ModelPanel],
  template: `
    <button
      #button
      type="button"
      class="quiet-button"
      aria-haspopup="dialog"
      [attr.aria-expanded]="isOpen()"
      [attr.aria-label]="label()"
      (click)="open()"
    >
      <span class="name">{{ name() }}</span>
      <app-icon name="down" />
    </button>
    @if (isOpen()) {
      @defer (on immediate) {
        <app-model-panel
          [origin]="button"
          [models]="models()"
          [chosen]="choosing() === 'rival' ? rival() : model()"
          [choosing]="choosing()"
          (rivalWanted)="choosing.set('rival')"
          (modelChosen)="choose($event)"
          [included]="included()"
          (pinToggled)="togglePin($event)"
          (pinMoved)="movePin($event)"
          (closed)="close()"
          (left)="isOpen.set(false)"
        />
      }
    }
  `,
  styles: `
    :host {
      min-width: 0;
    }
    .quiet-button {
      max-width: 100%;
      gap: 4px;
      color: var(--text);
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    app-icon {
      color: var(--muted);
      scale: 0.8;
    }
  `,
})
export class ModelPicker {
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');
  readonly #notices = inject(Notices);
  readonly #viewer = inject(ViewerStore).viewer;
  protected readonly store = inject(ModelsStore);
  protected readonly isOpen = signal(false);
  /** Whom the open panel is for. */
  protected readonly choosing = signal<'model' | 'rival'>('model');
  /** No model is compared with itself. */
  protected readonly models = computed(() =>
    this.choosing() === 'model'
      ? this.store.models()
      : this.store.models().filter(({ id }) => id !== this.model()?.id),
  );
  protected readonly name = computed(() => this.model()?.name ?? this.#instead());

  protected readonly label = computed(() => $localize`Model: ${this.name()}:model:`);

  protected readonly included = computed(() => {
    const plan = this.#viewer()?.plan;
    return plan ? planSentence(this.store.models(), plan) : '';
  });

  readonly model = input.required<Model | null>();
  /** What the chat's own is called, where it is known before the catalog is. */
  readonly knownName = input<string>();
  /** The model that answers beside it. */
  readonly rival = input<Model | null>(null);
  readonly modelChosen = output<string>();
  readonly rivalChosen = output<string>();

  open(): void {
    this.choosing.set('model');
    this.isOpen.set(true);
  }

  openForRival(): void {
    this.choosing.set('rival');
    this.isOpen.set(true);
  }

  protected close(): void {
    this.isOpen.set(false);
    this.button().nativeElement.focus();
  }

  protected choose(model: Model): void {
    this.close();
    if (this.choosing() === 'rival') this.rivalChosen.emit(model.id);
    else this.modelChosen.emit(model.id);
  }

  protected togglePin(model: Model): Promise<void> {
    const { pinned, id, name } = model;
    const toggled = pinned ? this.store.unpin(id) : this.store.pin(id);
    const problem = pinned
      ? $localize`${name}:model: could not be unpinned.`
      : $localize`${name}:model: could not be pinned.`;
    return this.#orSay(toggled, problem);
  }

  protected movePin({ model, before }: PinMove): Promise<void> {
    const moved = this.store.movePin(model.id, before);
    return this.#orSay(moved, $localize`${model.name}:model: could not be moved.`);
  }

  /** Of a model's name. */
  #instead(): string {
    if (this.store.loaded()) return $localize`:no model|:none`;
    const known = this.knownName();
    if (known) return known;
    if (!this.store.failure()) return $localize`loading`;
    return this.store.formerName ?? $localize`:no model|:none`;
  }

  async #orSay(change: Promise<void>, sentence: string): Promise<void> {
    try {
      await change;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#notices.tell(sentence);
    }
  }
}
