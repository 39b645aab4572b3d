import { day } from '../browser/day';
import type { Account } from './accounts-api';

/** Who it is, in a line. */
export function accountLine({ email, isGuest, isAdmin, createdAt }: Account): string {
  const since = `since ${day(createdAt)}`;
  if (isGuest) return `here ${since}`;
  return [email ?? 'no email address', ...(isAdmin ? ['administrator'] : []), since].join(' · ');
}

/** What there is to say about the plan that holds, if anything. */
export function planNote({ plan, subscription }: Account): string | null {
  const { status, periodEnd } = subscription;
  const end = periodEnd && day(periodEnd);
  if (subscription.plan.id !== plan.id) return `${subscription.plan.name} ended${end ? ` on ${end}` : ''}`;
  if (status === 'PAST_DUE') return `payment late${end ? ` since ${end}` : ''}`;
  return end ? `until ${end}` : null;
}

/** What is used, in a line. */
export function usageLine({ usage }: Account): string {
  return [
    `${share(usage.messagesToday)} messages today`,
    `${share(usage.tokensThisMonth)} tokens this month`,
    ...(usage.repliesAtOnce.used > 0 ? [`${usage.repliesAtOnce.used} being written`] : []),
  ].join(' · ');
}

function share({ used, limit }: { used: number; limit: number | null }): string {
  return limit === null ? brief(used) : `${brief(used)} of ${brief(limit)}`;
}

function brief(count: number): string {
  return count.toLocaleString([], { notation: 'compact', maximumFractionDigits: 1 });
}
