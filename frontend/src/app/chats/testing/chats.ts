import type { ListedChat } from '../chats-api';

/** A chat in the list, as a test wants it. */
export function aChat(id: string, about: Partial<ListedChat> = {}): ListedChat {
  return {
    id,
    title: `Chat ${id}`,
    updatedAt: '2026-01-01T00:00:00.000Z',
    pinned: false,
    archived: false,
    unread: false,
    activeSession: null,
    companionMessage: null,
    ...about,
  };
}
