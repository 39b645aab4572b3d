import { Injectable, computed, inject, signal } from '@angular/core';
import { ViewerStore } from '../account/viewer-store';
import { BrowserStorage } from '../browser/browser-storage';
import { Failure } from '../graphql/failure';
import { withPinMoved } from './model-groups';
import { ModelsApi, type Model } from './models-api';

const REMEMBERED = 'model';
const REMEMBERED_NAME = 'model.name';

/** The catalog, the pins, and which model a new chat begins with. */
@Injectable({ providedIn: 'root' })
export class ModelsStore {
  readonly #api = inject(ModelsApi);
  readonly #viewer = inject(ViewerStore);
  readonly #storage = inject(BrowserStorage);
  readonly #models = signal<readonly Model[]>([]);
  readonly #loaded = signal(false);
  readonly #failure = signal<Failure | null>(null);
  /** Fixed by the first list: pinning reorders the catalog, and is not choosing. */
  readonly #first = signal<string | null>(null);
  readonly #remembered = signal(this.#storage.read(REMEMBERED));
  /** The last move of a pin: the next one is sent after it, or the two could arrive the other way round. */
  #lastMove: Promise<unknown> = Promise.resolve();
  #read: Promise<void> = Promise.resolve();

  readonly models = this.#models.asReadonly();
  readonly loaded = this.#loaded.asReadonly();
  /** Why there is no catalog. */
  readonly failure = this.#failure.asReadonly();

  /** The one chosen last, if it can be used still; else the first that can. */
  readonly preferred = computed(() => {
    const available = this.#models().filter((model) => model.available);
    const named = (id: string | null): Model | undefined => available.find((model) => model.id === id);
    return named(this.#remembered()) ?? named(this.#first()) ?? available[0] ?? this.#models()[0] ?? null;
  });

  /** What the model was called that new chats began with when this page was left last; `null`: nobody knows. */
  readonly formerName = this.#storage.read(REMEMBERED_NAME);

  find(id: string | undefined): Model | undefined {
    return this.#models().find((model) => model.id === id);
  }

  load(): Promise<void> {
    return (this.#read = this.#load());
  }

  /** Until the catalog has been read, or could not be. */
  untilRead(): Promise<void> {
    return this.#read;
  }

  async #load(): Promise<void> {
    try {
      const models = await this.#api.list();
      this.#models.set(models);
      this.#first.update((first) => first ?? models.find((model) => model.available)?.id ?? null);
      this.#loaded.set(true);
      this.#failure.set(null);
      this.#rememberName();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#failure.set(error);
    }
  }

  remember(id: string): void {
    this.#remembered.set(id);
    this.#storage.write(REMEMBERED, id);
    this.#rememberName();
  }

  async pin(id: string): Promise<void> {
    await this.#viewer.ensure();
    this.#models.set(await this.#api.pin(id));
  }

  async unpin(id: string): Promise<void> {
    await this.#viewer.ensure();
    this.#models.set(await this.#api.unpin(id));
  }

  /** Shows the new order at once. Where it cannot be kept, the old one is back. `before` null: last. */
  async movePin(id: string, before: string | null): Promise<void> {
    const turn = this.#lastMove;
    const kept = this.#models();
    this.#models.update((models) => withPinMoved(models, id, before));
    const move = turn.then(() => this.#api.movePin(id, before));
    const settled = move.catch(() => undefined);
    this.#lastMove = settled;
    try {
      const models = await move;
      if (this.#lastMove === settled) this.#models.set(models);
    } catch (error) {
      this.#models.set(kept);
      // Others may have been moved meanwhile.
      await this.load();
      throw error;
    }
  }

  /** For when the catalog cannot be read. */
  #rememberName(): void {
    const model = this.preferred();
    if (model) this.#storage.write(REMEMBERED_NAME, model.name);
  }
}
