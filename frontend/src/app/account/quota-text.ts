import { counted } from '../browser/counted';
import type { QuotaName } from '../graphql/failure';
import type { Quota, Usage } from './account-api';

/** Something of the plan that is nearly gone, or gone. */
export interface Scarcity {
  readonly state: 'low' | 'gone';
  readonly sentence: string;
}

const LOW_PART = 0.1;
const LOW_COUNT = 5;
const DAY_MS = 24 * 3600 * 1000;

/** What the line beside the composer says, if anything: the tightest of what does not come back soon. */
export function scarcityOf(usage: Usage, now: number): Scarcity | null {
  const names: readonly QuotaName[] = ['messagesToday', 'tokensThisMonth'];
  const spent = names.find((name) => usage[name].remaining === 0);
  if (spent) return { state: 'gone', sentence: spentSentence(spent, usage[spent].resetsAt, now) };
  const low = names.find((name) => isLow(usage[name]));
  return low ? { state: 'low', sentence: `${leftOf(low, usage[low])}.` } : null;
}

/** Whether so little is left that it should be said. */
export function isLow({ limit, remaining }: Quota): boolean {
  if (limit === null || remaining === null) return false;
  return remaining <= Math.max(limit * LOW_PART, LOW_COUNT);
}

/** What somebody reads whose plan allows no more for now. */
export function spentSentence(name: QuotaName, resetsAt: string | null | undefined, now: number): string {
  switch (name) {
    case 'messagesToday':
      return $localize`Today's messages are used up. They come back ${whenBack(resetsAt, now, $localize`tomorrow`)}:when:.`;
    case 'tokensThisMonth':
      return $localize`This month's tokens are used up. They come back ${whenBack(resetsAt, now, $localize`next month`)}:when:.`;
    case 'repliesAtOnce':
      return $localize`Your plan allows no more replies at once. Wait for one to end.`;
    default:
      return name satisfies never;
  }
}

/** As in "87 of 100 messages left today". */
export function leftOf(name: QuotaName, { limit, remaining }: Quota): string {
  if (limit === null || remaining === null) return UNLIMITED[name]();
  return LEFT[name](counted(remaining), counted(limit));
}

const UNLIMITED: Record<QuotaName, () => string> = {
  messagesToday: () => $localize`No limit on messages today`,
  tokensThisMonth: () => $localize`No limit on tokens this month`,
  repliesAtOnce: () => $localize`No limit on replies at once`,
};

const LEFT: Record<QuotaName, (left: string, limit: string) => string> = {
  messagesToday: (left, limit) => $localize`${left}:left: of ${limit}:limit: messages left today`,
  tokensThisMonth: (left, limit) => $localize`${left}:left: of ${limit}:limit: tokens left this month`,
  repliesAtOnce: (left, limit) => $localize`${left}:left: of ${limit}:limit: replies at once left`,
};

/** A day or month of it is over, so that what is known is too old. */
export function isOutdated({ messagesToday, tokensThisMonth }: Usage, now: number): boolean {
  return [messagesToday, tokensThisMonth].some(
    ({ used, resetsAt }) => used > 0 && resetsAt !== null && Date.parse(resetsAt) <= now,
  );
}

/** Whether anything can run out. */
export function hasLimits({ messagesToday, tokensThisMonth, repliesAtOnce }: Usage): boolean {
  return [messagesToday, tokensThisMonth, repliesAtOnce].some(({ limit }) => limit !== null);
}

/** "at 14:00" where that is clear, else "on 1 December". */
export function whenBack(resetsAt: string | null | undefined, now: number, unknown: string): string {
  if (!resetsAt) return unknown;
  const time = new Date(resetsAt);
  if (time.getTime() - now <= DAY_MS)
    return $localize`at ${time.toLocaleTimeString($localize.locale, { hour: '2-digit', minute: '2-digit' })}:time:`;
  return $localize`on ${time.toLocaleDateString($localize.locale, { day: 'numeric', month: 'long' })}:day:`;
}
