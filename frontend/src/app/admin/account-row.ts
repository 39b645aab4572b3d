import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  signal,
} from '@angular/core';
import { Attempt } from '../graphql/attempt';
import { plainSentence } from '../graphql/plain-sentence';
import { focusIfLost } from '../shell/focus-if-lost';
import { accountLine, planNote, usageLine } from './account-text';
import type { Account, PlanName } from './accounts-api';
import { AccountsStore } from './accounts-store';

/** An account, and in its row the form that puts it on a plan. */
@Component({
  selector: 'app-account-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-row.html',
  styleUrl: './account-row.css',
})
export class AccountRow {
  readonly #store = inject(AccountsStore);
  readonly #injector = inject(Injector);
  readonly #destroyRef = inject(DestroyRef);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #attempt = new Attempt();
  protected readonly changing = signal(false);

  readonly account = input.required<Account>();
  readonly plans = input.required<readonly PlanName[]>();

  protected readonly formLabel = computed(() => $localize`Plan of ${this.account().displayName}:name:`);
  protected readonly changeLabel = computed(
    () => $localize`Change the plan of ${this.account().displayName}:name:`,
  );
  protected readonly who = computed(() => accountLine(this.account()));
  protected readonly note = computed(() => planNote(this.account()));
  protected readonly usage = computed(() => usageLine(this.account()));
  protected readonly until = computed(() => this.account().subscription.periodEnd?.slice(0, 10) ?? '');
  protected readonly problem = computed(() => {
    const failure = this.#attempt.failure();
    return failure && plainSentence(failure);
  });

  protected change(): void {
    this.#attempt.forget();
    this.changing.set(true);
    this.#focus('select');
  }

  protected cancel(): void {
    this.changing.set(false);
    this.#focus('.change');
  }

  /** The day that is named still counts. */
  protected async save(event: Event, planId: string, lastDay: string): Promise<void> {
    event.preventDefault();
    const periodEnd = lastDay === '' ? null : `${lastDay}T23:59:59.999Z`;
    const setting = { accountId: this.account().id, planId, periodEnd };
    if ((await this.#attempt.make(() => this.#store.setPlan(setting))) === 'done') this.cancel();
  }

  /** Not where another search has taken the row away meanwhile. */
  #focus(place: string): void {
    if (this.#destroyRef.destroyed) return;
    afterNextRender(() => focusIfLost(this.#host.querySelector<HTMLElement>(place)), {
      injector: this.#injector,
    });
  }
}
