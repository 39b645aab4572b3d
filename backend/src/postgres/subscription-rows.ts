/**
 * Whether the subscription `p` is over. An end that an administrator set is exact. What is billed goes on for three days
 * more: a payment may be late, and so may the word of one that has been made.
 */
export const OVER = `(p.status = 'ENDED' OR coalesce(p."periodEnd" + CASE p.source WHEN 'BILLING' THEN interval '3 days'
  ELSE interval '0' END <= now(), false))`;

/** Columns of the subscription `p`, as `PlanSubscription` has them. */
export const SUBSCRIPTION_COLUMNS = `p."userId", p."planId", p."periodEnd",
  CASE WHEN ${OVER} THEN 'ENDED' ELSE p.status END AS status`;

/** The plan of the user `u`: that of the subscription which began last, of those that hold. */
export const PLAN_ID = `(SELECT p."planId" FROM plan_subscriptions p WHERE p."userId" = u.id AND NOT ${OVER}
  ORDER BY p.since DESC LIMIT 1) AS "planId"`;
