import type { ChatMessage } from './message';

/** The small line below a reply: model · tokens · time to first token · from cache. */
export function replyLine({ model, usage, timeToFirstTokenMs, fromCache }: ChatMessage): string {
  const parts = [
    model?.name,
    usage && `${usage.outputTokens.toLocaleString('en')} ${usage.outputTokens === 1 ? 'token' : 'tokens'}`,
    timeToFirstTokenMs !== null && `first token in ${duration(timeToFirstTokenMs)}`,
    fromCache && 'from cache',
  ];
  return parts.filter(Boolean).join(' · ');
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
