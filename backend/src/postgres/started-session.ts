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
}

/** The session that a start wrote, with its chat and its messages; `undefined` where it wrote none. */
export function startedOf(
  row: StartRow,
  { session, prompt, continued }: StartedFrom,
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
      ...{ id, chatId, userMessageId, assistantMessageId, modelId, cachePolicy, createdAt, expiresAt },
      ...{ status: 'PENDING', attempts: 0, expired: false },
    },
    created: true,
    chat: {
      ...{ id: chatId, title: row.title, modelId, createdAt: row.chatCreatedAt, updatedAt: row.updatedAt },
      ...{ systemPrompt: row.systemPrompt, temperature: row.temperature },
      ...{ pinned: row.pinned, archived: row.archived, unread: false },
    },
    userMessage,
    assistantMessage: {
      ...{ ...BLANK, id: assistantMessageId, chatId, parentId: userMessageId, role: 'ASSISTANT', modelId },
      ...{ status: 'PENDING', createdAt: row.replyCreatedAt },
      ...(continued && { content: continued.content, reasoning: continued.reasoning }),
    },
  };
}
