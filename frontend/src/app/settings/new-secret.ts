import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { ModelsStore } from '../models/models-store';
import { CopyLine } from './copy-line';
import { curlLine } from './token-text';
import type { CreatedToken } from './tokens-api';

/** A new token's secret, which nobody can show again. */
@Component({
  selector: 'app-new-secret',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CopyLine],
  template: `
    <section aria-labelledby="secret">
      <h2 #heading id="secret" tabindex="-1">{{ created().token.name }}</h2>
      <p class="hint" i18n>
        This is the token. Copy it now: the server keeps only a fingerprint of it, and cannot show it again.
      </p>
      <app-copy-line label="Token" i18n-label [text]="created().secret" />
      <p class="hint" i18n>Try it:</p>
      <app-copy-line label="Command" i18n-label [text]="curl()" />
      <button type="button" class="plain-button" (click)="read.emit()" i18n>I have copied it</button>
    </section>
  `,
  styleUrls: ['./section.css', './new-secret.css'],
})
export class NewSecret {
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  readonly #origin = inject(DOCUMENT).location.origin;
  readonly #model = inject(ModelsStore).preferred;

  readonly created = input.required<CreatedToken>();
  readonly read = output();

  protected readonly curl = computed(() =>
    curlLine(this.created(), this.#origin, this.#model()?.id ?? 'demo/rivulet'),
  );

  constructor() {
    // It stands above the form that made it.
    afterNextRender(() => this.heading().nativeElement.focus());
  }
}
