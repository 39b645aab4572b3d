import { matcherOf } from './model-patterns.js';
import type { Plan, PlanHolder } from './plan.js';

/** The plans of this installation. */
export class PlanCatalog {
  readonly #first: Plan;
  readonly #last: Plan;
  readonly #matchers: ReadonlyMap<Plan, (modelId: string) => boolean>;

  /** @param all cheapest first; at least one. */
  constructor(readonly all: readonly Plan[]) {
    const [first] = all;
    const last = all.at(-1);
    if (!first || !last) throw new Error('An installation has at least one plan.');
    this.#first = first;
    this.#last = last;
    this.#matchers = new Map(all.map((plan) => [plan, matcherOf(plan.models)]));
  }

  find(planId: string): Plan | undefined {
    return this.all.find(({ id }) => id === planId);
  }

  /** What they have subscribed to. Without that, or where that plan is gone: the first, and the last for administrators. */
  of(holder: PlanHolder | undefined): Plan {
    const subscribed = this.all.find(({ id }) => id === holder?.planId);
    return subscribed ?? (holder?.isAdmin ? this.#last : this.#first);
  }

  /** The plans that include the model, cheapest first. */
  including(modelId: string): readonly Plan[] {
    return this.all.filter((plan) => this.#matchers.get(plan)?.(modelId));
  }
}
