import { matcherOf } from './model-patterns.js';
import type { Plan } from './plan.js';

/** The plans of this installation. */
export class PlanCatalog {
  /** The plan of everybody who has no other. */
  readonly #first: Plan;
  readonly #matchers: ReadonlyMap<Plan, (modelId: string) => boolean>;

  /** @param all cheapest first; at least one. */
  constructor(readonly all: readonly Plan[]) {
    const [first] = all;
    if (!first) throw new Error('An installation has at least one plan.');
    this.#first = first;
    this.#matchers = new Map(all.map((plan) => [plan, matcherOf(plan.models)]));
  }

  find(planId: string): Plan | undefined {
    return this.all.find(({ id }) => id === planId);
  }

  /** The plan of this id. One that no longer exists falls back to the first. */
  of(planId: string | undefined): Plan {
    return this.all.find(({ id }) => id === planId) ?? this.#first;
  }

  /** The plans that include the model, cheapest first. */
  including(modelId: string): readonly Plan[] {
    return this.all.filter((plan) => this.#matchers.get(plan)?.(modelId));
  }
}
