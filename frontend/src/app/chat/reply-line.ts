import { counted } from '../browser/counted';
import { inNumber } from '../languages/in-number';
import type { ChatMessage } from './message';

/** The small line below a reply: model · tokens · time to first token. */
export function replyLine({ model, usage, timeToFirstTokenMs }: ChatMessage): string {
  const parts = [
    model?.name,
    usage && tokens(usage.outputTokens),
    timeToFirstTokenMs !== null && $localize`first token in ${duration(timeToFirstTokenMs)}:duration:`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What the line leaves out: what the model read. Empty where nobody has counted. */
export function replyDetail({ usage }: ChatMessage): string {
  if (!usage) return '';
  const { inputTokens, outputTokens } = usage;
  return $localize`${counted(inputTokens)}:read: tokens read, ${counted(outputTokens)}:written: written`;
}

function tokens(count: number): string {
  return inNumber(count, {
    one: $localize`${counted(count)}:count: token`,
    other: $localize`${counted(count)}:count: tokens`,
  });
}

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${counted(ms / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}
