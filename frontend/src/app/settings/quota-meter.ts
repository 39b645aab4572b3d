import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Quota } from '../account/account-api';
import { isLow, leftOf, whenBack } from '../account/quota-text';
import { counted } from '../browser/counted';
import type { QuotaName } from '../graphql/failure';

const TITLES: Record<QuotaName, () => string> = {
  messagesToday: () => $localize`Messages today`,
  tokensThisMonth: () => $localize`Tokens this month`,
  repliesAtOnce: () => $localize`Replies at once`,
};

/** One quota: a bar, and in words how much is used, what is left and when it comes back. */
@Component({
  selector: 'app-quota-meter',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h3>{{ title() }}</h3>
    <p class="used">{{ used() }}</p>
    @if (quota().limit !== null) {
      <div
        class="bar"
        role="meter"
        aria-valuemin="0"
        [attr.aria-label]="title()"
        [attr.aria-valuemax]="quota().limit"
        [attr.aria-valuenow]="quota().used"
        [attr.aria-valuetext]="leftOf(name(), quota())"
        [class]="state()"
      >
        <div [style.inline-size.%]="part()"></div>
      </div>
    }
    <p class="left">{{ left() }}</p>
  `,
  styleUrl: './quota-meter.css',
})
export class QuotaMeter {
  readonly name = input.required<QuotaName>();
  readonly quota = input.required<Quota>();

  protected readonly leftOf = leftOf;
  protected readonly title = computed(() => TITLES[this.name()]());
  protected readonly used = computed(() => {
    const { used, limit } = this.quota();
    return limit === null ? counted(used) : $localize`${counted(used)}:used: of ${counted(limit)}:limit:`;
  });
  protected readonly part = computed(() => {
    const { used, limit } = this.quota();
    return limit ? Math.min(100, (used / limit) * 100) : 100;
  });
  protected readonly state = computed(() => {
    // One reply that is being written is no reason to warn.
    if (this.name() === 'repliesAtOnce' || !isLow(this.quota())) return 'plenty';
    return this.quota().remaining === 0 ? 'gone' : 'low';
  });
  protected readonly left = computed(() => {
    const { limit, remaining, resetsAt, used } = this.quota();
    if (limit === null || remaining === null) return $localize`No limit`;
    const left = $localize`${counted(remaining)}:count: left`;
    if (this.name() === 'repliesAtOnce' || used === 0) return left;
    const back = whenBack(resetsAt, Date.now(), $localize`later`);
    return $localize`${left}:left: · full again ${back}:when:`;
  });
}
