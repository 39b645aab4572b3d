import DataLoader from 'dataloader';
import type { ModelAccess } from '../accounts/model-access.service.js';
import { type ViewerModel } from '../accounts/model-access.service.js';
import type { Viewer } from '../accounts/viewer.js';
import type { ChatSession } from '../chat/chat-session.js';
import type { ChatSessionService } from '../chat/chat-session.service.js';

/** Look-ups that many objects of one answer need: one query for all of them. They live as long as their request. */
export interface Loaders {
  readonly model: DataLoader<string, ViewerModel | null>;
  /** By chat. */
  readonly activeSession: DataLoader<string, ChatSession | null>;
}

export function loadersFor(
  viewer: Viewer | undefined,
  models: ModelAccess,
  sessions: ChatSessionService,
): Loaders {
  return {
    model: new DataLoader(async (ids) => {
      const byId = new Map((await models.list(viewer)).map((model) => [model.id, model]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    activeSession: new DataLoader(async (chatIds) => {
      const byChat = new Map((await sessions.activeOf(chatIds)).map((session) => [session.chatId, session]));
      return chatIds.map((id) => byChat.get(id) ?? null);
    }),
  };
}
