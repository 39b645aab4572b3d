import type { ListedChat } from './chats-api';

/** A stretch of the list under a heading. */
export interface ChatGroup {
  /** `null`: they stand without one. */
  readonly heading: string | null;
  readonly chats: readonly ListedChat[];
}

const A_WEEK = 7;

/** The chats, each once, last active first. */
export function inOrder(chats: readonly ListedChat[]): readonly ListedChat[] {
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  return [...byId.values()].sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
}

/** The pinned ones first, then by when they were last active in the reader's time zone; in the order that they have. */
export function groupsOf(chats: readonly ListedChat[], now: Date): readonly ChatGroup[] {
  const groups = new Map<string, ListedChat[]>();
  const pinned = chats.filter((chat) => chat.pinned);
  if (pinned.length > 0) groups.set($localize`Pinned`, pinned);
  for (const chat of chats) {
    if (chat.pinned) continue;
    const heading = timeOf(new Date(chat.updatedAt), now);
    groups.set(heading, [...(groups.get(heading) ?? []), chat]);
  }
  return [...groups].map(([heading, members]) => ({ heading, chats: members }));
}

function timeOf(instant: Date, now: Date): string {
  if (instant >= midnight(now, 0)) return $localize`Today`;
  if (instant >= midnight(now, 1)) return $localize`Yesterday`;
  if (instant >= midnight(now, A_WEEK)) return $localize`Last 7 days`;
  const year = instant.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return instant.toLocaleDateString($localize.locale, { month: 'long', year });
}

/** The beginning of a day; days are not all of 24 hours. */
function midnight(now: Date, daysAgo: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
}
