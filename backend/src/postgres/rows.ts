import type { ChatSession } from '../chat/chat-session.js';
import type { Chat } from '../chat/chat.js';
import type { Message } from '../chat/message.js';
import type { ChatEntity } from './entities/chat.entity.js';
import type { ChatSessionEntity } from './entities/chat-session.entity.js';
import type { MessageEntity } from './entities/message.entity.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids come from outside; one that is no UUID is simply the id of nothing. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}

/** Columns of a chat as `chatOf` takes them. */
export const CHAT_COLUMNS = `c.id, c.title, c."modelId", c."systemPrompt", c.temperature, c."createdAt", c."updatedAt",
  c.pinned, c.archived, c.unread, c."companionMessageId"`;

export function chatOf(row: ChatEntity): Chat {
  const { id, title, modelId, systemPrompt, temperature, createdAt, updatedAt } = row;
  const { pinned, archived, unread, companionMessageId } = row;
  return {
    ...{ id, title, modelId, systemPrompt, temperature, createdAt, updatedAt },
    ...{ pinned, archived, unread, companionMessageId },
  };
}

/** Columns of the message `m`, as `messageOf` takes them. */
export const MESSAGE_COLUMNS = `m.id, m."chatId", m."parentId", m.role, m.content, m.reasoning, m.status, m."modelId",
  m."createdAt", m."fromCache", m."inputTokens", m."outputTokens", m."timeToFirstTokenMs", m."errorCode"`;

export function messageOf(row: MessageEntity): Message {
  const { id, chatId, parentId, role, content, reasoning, status, modelId, createdAt, fromCache } = row;
  const { inputTokens, outputTokens, timeToFirstTokenMs, errorCode } = row;
  return {
    ...{ id, chatId, parentId, role, content, reasoning, status, modelId, createdAt, fromCache },
    ...{ inputTokens, outputTokens, timeToFirstTokenMs, errorCode },
  };
}

export type SessionRow = ChatSessionEntity & { expired: boolean };

/** Columns of the session `s`, as `sessionOf` takes them. */
export const SESSION_COLUMNS = `s.id, s."chatId", s."userMessageId", s."assistantMessageId", s.companion, s."modelId",
  s.status, s.attempts, s."cachePolicy", s."createdAt", s."expiresAt", s."expiresAt" <= now() AS expired`;

export function sessionOf(row: SessionRow): ChatSession {
  const { id, chatId, userMessageId, assistantMessageId, companion, modelId, status, attempts } = row;
  const { cachePolicy, createdAt, expiresAt, expired } = row;
  return {
    ...{ id, chatId, userMessageId, assistantMessageId, companion, modelId, status, attempts, cachePolicy },
    ...{ createdAt, expiresAt, expired },
  };
}
