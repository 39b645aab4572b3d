import type { Chat } from '../chat/chat.js';
import type { Message } from '../chat/message.js';
import type { NewSession, StartedSession } from '../chat/session-repository.js';
import type { StartRow } from './start-statement.js';

/** What a message is before anything is known of it. */
const BLANK = {
  ...{ content: '', reasoning: null, modelId: null, fromCache: false, inputTokens: null, outputTokens: null },
  ...{ timeToFirstTokenMs: null, errorCode: null },
};

/** What is known of a start that its row need not say. */
interface StartedFrom {
  readonly session: NewSession;
  readonly prompt?: string;
  readonly continued?: Message;
  readonly companion?: boolean;
}

function chatOf(row: StartRow, modelId: string): Chat {
  return {
    ...{ id: row.chatId, title: row.title, modelId, createdAt: row.chatCreatedAt, updatedAt: row.updatedAt },
    ...{ systemPrompt: row.systemPrompt, temperature: row.temperature },
    ...{
      pinned: row.pinned,
      archived: row.archived,
      unread: false,
      companionMessageId: row.companionMessageId,
    },
  };
}

/** The session that a start wrote, with its chat and its messages; `undefined` where it wrote none. */
export function startedOf(
  row: StartRow,
  { session, prompt, continued, companion = false }: StartedFrom,
): StartedSession | undefined {
  const { id, chatId, userMessageId, assistantMessageId, createdAt, expiresAt } = row;
  if (id === null || userMessageId === null) return undefined;
  const { modelId, cachePolicy } = session;
  const userMessage: Message | undefined =
    prompt === undefined || row.askedAt === null
      ? undefined
      : {
          ...{ ...BLANK, id: userMessageId, chatId, parentId: row.parentId, role: 'USER', content: prompt },
          ...{ status: 'COMPLETE', createdAt: row.askedAt },
        };
  return {
    session: {
      ...{ id, chatId, userMessageId, assistantMessageId, companion, modelId, cachePolicy },
      ...{ createdAt, expiresAt, status: 'PENDING', attempts: 0, expired: false },
    },
    created: true,
    // A companion leaves the chat its model: the row does not say which that is.
    ...(!companion && { chat: chatOf(row, modelId) }),
    userMessage,
    assistantMessage: {
      ...{ ...BLANK, id: assistantMessageId, chatId, parentId: userMessageId, role: 'ASSISTANT', modelId },
      ...{ status: 'PENDING', createdAt: row.replyCreatedAt },
      ...(continued && { content: continued.content, reasoning: continued.reasoning }),
    },
  };
}
