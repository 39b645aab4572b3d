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
      return `Today's messages are used up. They come back ${whenBack(resetsAt, now, 'tomorrow')}.`;
    case 'tokensThisMonth':
      return `This month's tokens are used up. They come back ${whenBack(resetsAt, now, 'next month')}.`;
    case 'repliesAtOnce':
      return 'Your plan allows no more replies at once. Wait for one to end.';
    default:
      return name satisfies never;
  }
}

/** As in "87 of 100 messages left today". */
export function leftOf(name: QuotaName, { limit, remaining }: Quota): string {
  const { things, when } = WORDS[name];
  if (limit === null || remaining === null) return `No limit on ${things}${when}`;
  return `${counted(remaining)} of ${counted(limit)} ${things} left${when}`;
}

const WORDS: Record<QuotaName, { things: string; when: string }> = {
  messagesToday: { things: 'messages', when: ' today' },
  tokensThisMonth: { things: 'tokens', when: ' this month' },
  repliesAtOnce: { things: 'replies at once', when: '' },
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
    return `at ${time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`;
  return `on ${time.toLocaleDateString([], { day: 'numeric', month: 'long' })}`;
}

/** A number as people write it. */
export function counted(count: number): string {
  return count.toLocaleString();
}
