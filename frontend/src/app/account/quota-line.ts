import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { scarcityOf } from './quota-text';
import { ViewerStore } from './viewer-store';

/** A quiet line when what the plan allows is nearly gone, or gone, and the way to more of it. */
@Component({
  selector: 'app-quota-line',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink],
  template: `
    @if (scarcity(); as scarcity) {
      <p role="status" [class.gone]="scarcity.state === 'gone'">
        {{ scarcity.sentence }}
        <a routerLink="/settings/plan" i18n>See plans</a>
      </p>
    }
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 0 8px;
      padding: 0 16px 4px;
      color: var(--muted);
      font: var(--text-s);
      text-align: center;
    }
    .gone {
      color: var(--warning);
    }
    a {
      display: inline-flex;
      align-items: center;
      min-height: var(--target);
      color: var(--text);
    }
  `,
})
export class QuotaLine {
  readonly #viewer = inject(ViewerStore).viewer;
  protected readonly scarcity = computed(() => {
    const usage = this.#viewer()?.usage;
    return usage ? scarcityOf(usage, Date.now()) : null;
  });
}
