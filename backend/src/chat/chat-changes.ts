import type { Chat } from './chat.js';

/** Somebody who follows their chats, and up to where they know them: a place in the order of the database's changes. */
export interface ChatFollower {
  readonly userId: string;
  /** Left out: nothing. */
  readonly after?: bigint;
}

/** A chat as it is now, or that it is deleted. */
export type ChatRevision = { readonly revision: bigint } & (
  { readonly type: 'changed'; readonly chat: Chat } | { readonly type: 'deleted'; readonly chatId: string }
);

export interface ChatChanges {
  /** Whatever has changed before this is among the changes; what has a later revision may come again. */
  readonly knownUpTo: bigint;
  /** In the database's time, in seconds since 1970. */
  readonly at: number;
  /** Of each follower, in the order of their revisions; none of those who know nothing. */
  readonly changes: readonly (readonly ChatRevision[])[];
}

/** What has changed in somebody's chats, by the database. */
export abstract class ChatChangeRepository {
  /** Of all followers in one statement. */
  abstract since(followers: readonly ChatFollower[]): Promise<ChatChanges>;
}
