import DataLoader from 'dataloader';
import type { Viewer } from '../accounts/viewer.js';
import type { Attachment } from '../chat/attachment.js';
import type { Attachments } from '../chat/attachments.service.js';
import type { ChatSession } from '../chat/chat-session.js';
import type { ChatSessionService } from '../chat/chat-session.service.js';
import type { ChatService } from '../chat/chat.service.js';
import type { Chat } from '../chat/chat.js';
import type { Message } from '../chat/message.js';
import { AppError } from '../errors/app-error.js';
import type { ModelAccess, ViewerModel } from '../plans/model-access.service.js';
import type { PlanService, SubscribedPlan, Subscriber } from '../plans/plan.service.js';
import type { Usage } from '../plans/usage.js';

/** Look-ups that many objects of one answer need: one query for all of them. They live as long as their request. */
export interface Loaders {
  readonly model: DataLoader<string, ViewerModel | null>;
  /** By chat: the reply that is being written in it, and the one beside it. */
  readonly activeSessions: DataLoader<string, readonly ChatSession[]>;
  readonly chat: DataLoader<string, Chat>;
  readonly message: DataLoader<string, Message>;
  /** By message. */
  readonly siblingIds: DataLoader<string, readonly string[]>;
  /** By message. */
  readonly attachments: DataLoader<string, readonly Attachment[]>;
  readonly subscription: DataLoader<Subscriber, SubscribedPlan>;
  readonly usage: DataLoader<Subscriber, Usage>;
}

export function loadersFor(
  viewer: Viewer | undefined,
  models: ModelAccess,
  sessions: ChatSessionService,
  chats: ChatService,
  attachments: Attachments,
  plans: PlanService,
): Loaders {
  return {
    model: new DataLoader(async (ids) => {
      const byId = new Map((await models.list(viewer)).map((model) => [model.id, model]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    activeSessions: new DataLoader(
      async (chatIds) => {
        const byChat = Map.groupBy(await sessions.activeOf(chatIds), ({ chatId }) => chatId);
        return chatIds.map((id) => byChat.get(id) ?? []);
      },
      // A stream of changes asks for the same again and again.
      { cache: false },
    ),
    chat: loaderOf(viewer, (owner, ids) => chats.byId(owner, ids)),
    message: loaderOf(viewer, (owner, ids) => chats.messagesById(owner, ids)),
    siblingIds: loaderOf(viewer, (owner, ids) => chats.siblings(owner, ids)),
    attachments: new DataLoader(
      async (messageIds) => {
        const byMessage = viewer && (await attachments.ofMessages(viewer, messageIds));
        return messageIds.map((id) => byMessage?.get(id) ?? []);
      },
      { cache: false },
    ),
    subscription: new DataLoader((users) => plans.subscriptionsOf(users), { cache: false }),
    usage: new DataLoader((users) => plans.usageOf(users), { cache: false }),
  };
}

/**
 * Batches look-ups of what is the viewer's; what is not there is NOT_FOUND. Nothing is kept: the mutations of one
 * request change chats and messages one after the other.
 */
function loaderOf<T>(
  viewer: Viewer | undefined,
  lookUp: (viewer: Viewer, ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): DataLoader<string, T> {
  return new DataLoader<string, T>(
    async (ids) => {
      const byId = viewer && (await lookUp(viewer, ids));
      return ids.map(
        (id) => byId?.get(id) ?? new AppError('NOT_FOUND', 'This does not exist, or is not yours.'),
      );
    },
    { cache: false },
  );
}
