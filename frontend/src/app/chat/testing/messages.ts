import type { OpenedChat, StartedSession } from '../chat-api';
import type { ChatMessage, MessageEvent } from '../message';

const MODEL = { id: 'demo/quick', name: 'Demo quick', provider: 'demo' };

const NO_SAVED_SETTINGS = { systemPrompt: null, temperature: null };

/** A message with whatever a story is about, and nothing remarkable else. */
export function aMessage(about: Partial<ChatMessage> = {}): ChatMessage {
  const id = about.id ?? 'm1';
  return {
    id,
    parentId: null,
    role: 'USER',
    content: 'Hello',
    attachments: [],
    reasoning: null,
    status: 'COMPLETE',
    model: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    fromCache: false,
    usage: null,
    timeToFirstTokenMs: null,
    errorCode: null,
    siblingIds: [id],
    ...about,
  };
}

/** A reply, finished unless said otherwise. */
export function aReply(about: Partial<ChatMessage> = {}): ChatMessage {
  return aMessage({ id: 'r1', role: 'ASSISTANT', content: '', model: MODEL, ...about });
}

export function token(sequence: number, content: string): MessageEvent {
  return { __typename: 'TokenEvent', sequence, content };
}

export function done(sequence: number, message: ChatMessage): MessageEvent {
  return { __typename: 'DoneEvent', sequence, message };
}

/** The server's answer to a new message or a regeneration. */
export function aSession(
  about: { id?: string; chatId?: string; user?: ChatMessage; reply?: ChatMessage } = {},
): StartedSession {
  const { id = 's1', chatId = 'c1', user = aMessage(), reply = aReply({ status: 'PENDING' }) } = about;
  return {
    id,
    status: 'PENDING',
    chat: {
      id: chatId,
      title: 'A chat',
      updatedAt: '2026-01-01T00:00:00.000Z',
      pinned: false,
      archived: false,
      unread: false,
      activeSession: { id },
      companionMessage: null,
      model: MODEL,
      ...NO_SAVED_SETTINGS,
    },
    userMessage: user,
    assistantMessage: reply,
  };
}

/** A chat as the server tells of it. */
export function anOpenedChat(
  messages: ChatMessage[],
  about: {
    id?: string;
    session?: string;
    before?: string;
    companion?: { message: ChatMessage; session?: string };
  } = {},
): OpenedChat {
  const { id = 'c1', session, before, companion } = about;
  const last = messages.at(-1);
  return {
    chat: {
      id,
      title: `Chat ${id}`,
      updatedAt: '2026-01-01T00:00:00.000Z',
      pinned: false,
      archived: false,
      unread: false,
      model: MODEL,
      ...NO_SAVED_SETTINGS,
      activeSession: session && last ? { id: session, assistantMessage: last } : null,
      companionSession: companion?.session ? { id: companion.session } : null,
      companionMessage: companion?.message ?? null,
    },
    chatHistory: {
      edges: messages.map((node) => ({ node })),
      pageInfo: { hasPreviousPage: before !== undefined, startCursor: before ?? null },
    },
  };
}
