/** How much somebody may use; `null`: as much as they like. */
export interface Limits {
  readonly messagesPerDay: number | null;
  /** Of prompts and replies together. */
  readonly tokensPerMonth: number | null;
  readonly repliesAtOnce: number | null;
}

/** Whose plan is asked for. */
export interface PlanHolder {
  /** Of the subscription that holds now; `null`: there is none. */
  readonly planId: string | null;
  readonly isAdmin: boolean;
}

/** What somebody may use. */
export interface Plan extends Limits {
  readonly id: string;
  readonly name: string;
  /** Ids of models, `*` standing for anything; those behind a `!` are left out of the others. */
  readonly models: readonly string[];
}
