import type { ChatMessage } from './message';

/** What is said to who listens when a reply has ended. */
export function farewell({ status, content }: ChatMessage): string {
  const words = content.split(/\s+/).filter(Boolean).length;
  const ending = status === 'COMPLETE' ? 'finished' : 'cut short';
  return `Reply ${ending}, ${words} ${words === 1 ? 'word' : 'words'}`;
}
