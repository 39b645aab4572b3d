import type { ChatMessage } from './message';

/** The small line below a reply: model · tokens · time to first token. */
export function replyLine({ model, usage, timeToFirstTokenMs }: ChatMessage): string {
  const parts = [
    model?.name,
    usage && `${usage.outputTokens.toLocaleString('en')} ${usage.outputTokens === 1 ? 'token' : 'tokens'}`,
    timeToFirstTokenMs !== null && `first token in ${duration(timeToFirstTokenMs)}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What the line leaves out: what the model read. Empty where nobody has counted. */
export function replyDetail({ usage }: ChatMessage): string {
  if (!usage) return '';
  return `${usage.inputTokens.toLocaleString('en')} tokens read, ${usage.outputTokens.toLocaleString('en')} written`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
