/** What a user may use. */
export interface Plan {
  readonly id: string;
  readonly name: string;
  /** `null`: as many as they like. */
  readonly messagesPerDay: number | null;
}

/** The plan of everybody who has no other. */
export const FREE_PLAN: Plan = { id: 'free', name: 'Free', messagesPerDay: null };

/** The plans of this installation, cheapest first. */
export const PLANS: readonly Plan[] = [FREE_PLAN];

/** A plan that no longer exists falls back to the free one. */
export function planOf(planId: string | undefined): Plan {
  return PLANS.find((plan) => plan.id === planId) ?? FREE_PLAN;
}
