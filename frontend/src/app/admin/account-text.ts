import { counted } from '../browser/counted';
import { day } from '../browser/day';
import type { Account } from './accounts-api';

/** Who it is, in a line. */
export function accountLine({ email, isGuest, isAdmin, createdAt }: Account): string {
  const began = day(createdAt);
  if (isGuest) return $localize`here since ${began}:day:`;
  return [
    email ?? $localize`no email address`,
    ...(isAdmin ? [$localize`administrator`] : []),
    $localize`since ${began}:day:`,
  ].join(' · ');
}

/** What there is to say about the plan that holds, if anything. */
export function planNote({ plan, subscription }: Account): string | null {
  const { status, periodEnd } = subscription;
  const end = periodEnd && day(periodEnd);
  const { name } = subscription.plan;
  if (subscription.plan.id !== plan.id)
    return end ? $localize`${name}:plan: ended on ${end}:day:` : $localize`${name}:plan: ended`;
  if (status === 'PAST_DUE') return end ? $localize`payment late since ${end}:day:` : $localize`payment late`;
  return end ? $localize`until ${end}:day:` : null;
}

/** What is used, in a line. */
export function usageLine({ usage }: Account): string {
  return [
    $localize`${share(usage.messagesToday)}:share: messages today`,
    $localize`${share(usage.tokensThisMonth)}:share: tokens this month`,
    ...(usage.repliesAtOnce.used > 0 ? [$localize`${usage.repliesAtOnce.used}:count: being written`] : []),
  ].join(' · ');
}

function share({ used, limit }: { used: number; limit: number | null }): string {
  return limit === null ? brief(used) : $localize`${brief(used)}:used: of ${brief(limit)}:limit:`;
}

function brief(count: number): string {
  return counted(count, { notation: 'compact', maximumFractionDigits: 1 });
}
