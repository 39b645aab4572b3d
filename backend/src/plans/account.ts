import type { PlanHolder } from './plan.js';

/** A user, as administrators see them. */
export interface Account extends PlanHolder {
  readonly id: string;
  readonly email: string | null;
  readonly displayName: string;
  readonly isGuest: boolean;
  readonly createdAt: Date;
}
