import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { Attempt } from '../graphql/attempt';
import { plainSentence } from '../graphql/plain-sentence';
import { tokenLine } from './token-text';
import type { ApiToken } from './tokens-api';
import { TokensStore } from './tokens-store';

/** A token, and in its row the question whether it is to end: a program that is cut off cannot be helped by "undo". */
@Component({
  selector: 'app-token-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './token-row.html',
  styleUrls: ['./token-row.css'],
})
export class TokenRow {
  readonly #store = inject(TokensStore);
  readonly #injector = inject(Injector);
  private readonly keepButton = viewChild<ElementRef<HTMLElement>>('keepButton');
  private readonly revokeButton = viewChild<ElementRef<HTMLElement>>('revokeButton');
  readonly #attempt = new Attempt();
  protected readonly asking = signal(false);
  protected readonly line = computed(() => tokenLine(this.token(), Date.now()));
  protected readonly revokeLabel = computed(() => $localize`Revoke ${this.token().name}:token:`);
  protected readonly problem = computed(() => {
    const failure = this.#attempt.failure();
    return failure && plainSentence(failure);
  });

  readonly token = input.required<ApiToken>();

  protected ask(): void {
    this.asking.set(true);
    afterNextRender(() => this.keepButton()?.nativeElement.focus(), { injector: this.#injector });
  }

  protected keep(): void {
    this.asking.set(false);
    afterNextRender(() => this.revokeButton()?.nativeElement.focus(), { injector: this.#injector });
  }

  protected async revoke(): Promise<void> {
    await this.#attempt.make(() => this.#store.revoke(this.token().id));
  }
}
