import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { FailureNote } from '../account/failure-note';
import type { QuotaName } from '../graphql/failure';
import { WayBack } from '../account/way-back';
import { limitLines, modelsLine, subscriptionSentence } from './plan-text';
import { PlansStore } from './plans-store';
import { QuotaMeter } from './quota-meter';

/** The viewer's plan, what is left of it, and what the others offer. */
@Component({
  selector: 'app-plan-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [FailureNote, QuotaMeter, RouterLink],
  templateUrl: './plan-section.html',
  styleUrls: ['./section.css', './plan-section.css'],
})
export class PlanSection {
  protected readonly params = inject(WayBack).params;
  protected readonly store = inject(PlansStore);
  protected readonly viewer = this.store.viewer;
  protected readonly quotas: readonly QuotaName[] = ['messagesToday', 'tokensThisMonth', 'repliesAtOnce'];
  protected readonly sentence = computed(() => {
    const subscription = this.store.choice()?.subscription;
    const planId = this.viewer()?.plan.id;
    return subscription && planId ? subscriptionSentence(subscription, planId) : null;
  });
  protected readonly offers = computed(() =>
    (this.store.choice()?.plans ?? []).map((plan, at, plans) => ({
      plan,
      limits: limitLines(plan),
      models: modelsLine(plan, plans[at - 1]),
    })),
  );

  constructor() {
    void this.store.load();
  }
}
