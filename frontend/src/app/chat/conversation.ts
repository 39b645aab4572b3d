import { applyMessageEvent, newReply, type Reply } from './apply-message-event';
import type { HistoryPage, OpenedChat, SavedSettings, StartedSession } from './chat-api';
import type { Attachment } from './attachments/attachment';
import { NO_SETTINGS, type ChatSettings } from './chat-settings';
import {
  draftMessage,
  isGrowing,
  settled,
  type ChatMessage,
  type MessageEvent,
  type MessageModel,
} from './message';

/** A message's place on the page. The key outlives the change from a draft's id to the server's. */
export interface Entry {
  readonly key: string;
  readonly message: ChatMessage;
}

/** What the page shows of one chat. */
export interface Conversation {
  /** `null`: the chat does not exist yet. */
  readonly chatId: string | null;
  readonly title: string;
  readonly model: MessageModel | null;
  /** As the server has them. */
  readonly settings: ChatSettings;
  readonly entries: readonly Entry[];
  /** Where the messages before the first entry begin; `null`: there are none. */
  readonly earlierCursor: string | null;
  readonly reply: Reply | null;
  /** The key of the drafts that the server has not answered for yet. */
  readonly awaiting: string | null;
}

/** A chat that nobody has written in. */
export const NEW_CONVERSATION: Conversation = {
  chatId: null,
  title: '',
  model: null,
  settings: NO_SETTINGS,
  entries: [],
  earlierCursor: null,
  reply: null,
  awaiting: null,
};

/** A reply is being written, or has been asked for. */
export function isBusy({ awaiting, reply }: Conversation): boolean {
  return awaiting !== null || reply?.ended === false;
}

/** The server's view of the chat; what was on the page already keeps its place and its progress. */
export function openedConversation({ chat, chatHistory }: OpenedChat, before: Conversation): Conversation {
  const session = chat.activeSession;
  const known = before.reply?.sessionId === session?.id ? before.reply : null;
  const reply = session ? (known ?? newReply(session.id, session.assistantMessage)) : null;
  // Another version of a message stands in the same place.
  const keys = new Map(
    before.entries.flatMap(({ key, message }) => message.siblingIds.map((id) => [id, key] as const)),
  );
  for (const { key, message } of before.entries) keys.set(message.id, key);
  const entries = chatHistory.edges.map(({ node }) => ({
    key: keys.get(node.id) ?? node.id,
    message: reply?.message.id === node.id ? node : settled(node),
  }));
  // Everything before a message is the same on every branch, so what was paged in already may stay.
  const kept = before.entries.slice(
    0,
    Math.max(
      0,
      before.entries.findIndex(({ message }) => message.id === entries[0]?.message.id),
    ),
  );
  const conversation: Conversation = {
    chatId: chat.id,
    title: chat.title,
    model: chat.model,
    settings: settingsOf(chat),
    entries: [...kept, ...entries],
    earlierCursor: kept.length > 0 ? before.earlierCursor : cursorOf(chatHistory),
    reply: null,
    awaiting: null,
  };
  return reply ? withReply(conversation, reply) : conversation;
}

/** As it was kept on this device, maybe by an earlier version of the page, whose messages brought no files. */
export function keptConversation(kept: Conversation): Conversation {
  const entries = kept.entries.map(({ key, message }) => ({
    key,
    message: { ...message, attachments: message.attachments ?? [] },
  }));
  return { ...kept, entries };
}

/** Whether chat and history disagree about the reply being written: they were read at different moments. */
export function isTorn({ chat, chatHistory }: OpenedChat): boolean {
  const growing = chatHistory.edges.filter(({ node }) => isGrowing(node)).map(({ node }) => node.id);
  const active = chat.activeSession?.assistantMessage.id;
  return active ? chatHistory.edges.every(({ node }) => node.id !== active) : growing.length > 0;
}

export function hasMessage({ chatHistory }: OpenedChat, messageId: string): boolean {
  return chatHistory.edges.some(({ node }) => node.id === messageId);
}

/** The chat with one more page of its active branch, before those that it has. */
export function withEarlierPage({ chat, chatHistory }: OpenedChat, page: HistoryPage): OpenedChat {
  return { chat, chatHistory: { ...page, edges: [...page.edges, ...chatHistory.edges] } };
}

/** A reply that has been asked for. */
export interface AwaitedReply {
  readonly key: string;
  readonly model: MessageModel | null;
  readonly createdAt: string;
}

interface DraftedPrompt extends AwaitedReply {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** As in the request: left out, the end; `null`, before everything. */
  readonly parentMessageId?: string | null;
}

/** The conversation in the frame after Enter, before any answer of the server. */
export function withPrompt(conversation: Conversation, prompt: DraftedPrompt): Conversation {
  const { key, text, attachments, createdAt, parentMessageId } = prompt;
  const kept = entriesUpTo(conversation.entries, parentMessageId);
  const draft = { id: `prompt-${key}`, role: 'USER', content: text, model: null, createdAt } as const;
  const user = { ...draftMessage(draft), attachments: [...attachments] };
  return withAwaitedReply({ ...conversation, entries: [...kept, { key: user.id, message: user }] }, prompt);
}

/** The same with the reply to `messageId` taken back and another one awaited. */
export function withoutReply(
  conversation: Conversation,
  messageId: string,
  draft: AwaitedReply,
): Conversation {
  return withAwaitedReply(withEntriesBefore(conversation, messageId), draft);
}

/** The same with the reply `messageId` going on: its text stands while the rest is awaited. */
export function withContinuedReply(
  conversation: Conversation,
  messageId: string,
  draft: AwaitedReply,
): Conversation {
  const kept = conversation.entries.find(({ message }) => message.id === messageId)?.message;
  return withAwaitedReply(withEntriesBefore(conversation, messageId), draft, kept);
}

function withEntriesBefore(conversation: Conversation, messageId: string): Conversation {
  const at = conversation.entries.findIndex(({ message }) => message.id === messageId);
  return { ...conversation, entries: conversation.entries.slice(0, at) };
}

function withAwaitedReply(
  conversation: Conversation,
  { key, model, createdAt }: AwaitedReply,
  kept?: ChatMessage,
): Conversation {
  const { content = '', reasoning = null } = kept ?? {};
  const draft = { id: `reply-${key}`, role: 'ASSISTANT', content, model, createdAt } as const;
  const message = { ...draftMessage(draft), reasoning };
  const entries = [...conversation.entries, { key: message.id, message }];
  return { ...conversation, entries, reply: null, awaiting: key };
}

/** The drafts with the ids that the server gave them, and the reply to follow. */
export function withSession(conversation: Conversation, session: StartedSession): Conversation {
  const key = conversation.awaiting;
  const saved: Record<string, ChatMessage> = {
    [`prompt-${key}`]: session.userMessage,
    [`reply-${key}`]: session.assistantMessage,
  };
  return {
    ...conversation,
    chatId: session.chat.id,
    title: session.chat.title,
    model: session.chat.model,
    settings: settingsOf(session.chat),
    entries: conversation.entries.map((entry) => ({ ...entry, message: saved[entry.key] ?? entry.message })),
    reply: newReply(session.id, session.assistantMessage),
    awaiting: null,
  };
}

function settingsOf({ systemPrompt, temperature }: SavedSettings): ChatSettings {
  return { systemPrompt: systemPrompt ?? '', temperature };
}

/** The conversation after one more event of its reply. */
export function withEvent(conversation: Conversation, event: MessageEvent): Conversation {
  const { reply } = conversation;
  if (!reply) return conversation;
  const next = applyMessageEvent(reply, event);
  return next === reply ? conversation : withReply(conversation, next);
}

/** The conversation when its reply's stream is gone for good: what has been read is all that there is of it. */
export function withoutStream(conversation: Conversation): Conversation {
  const { reply } = conversation;
  return reply
    ? withReply(conversation, { ...reply, message: settled(reply.message), ended: true })
    : conversation;
}

/** The conversation with an earlier stretch before it. */
export function withEarlier(conversation: Conversation, page: HistoryPage): Conversation {
  const known = new Set(conversation.entries.map(({ message }) => message.id));
  const earlier = page.edges.filter(({ node }) => !known.has(node.id));
  return {
    ...conversation,
    entries: [
      ...earlier.map(({ node }) => ({ key: node.id, message: settled(node) })),
      ...conversation.entries,
    ],
    earlierCursor: cursorOf(page),
  };
}

function withReply(conversation: Conversation, reply: Reply): Conversation {
  const { message } = reply;
  const entries = conversation.entries.map((entry) =>
    entry.message.id === message.id ? { ...entry, message } : entry,
  );
  return { ...conversation, entries, reply };
}

function entriesUpTo(entries: readonly Entry[], messageId: string | null | undefined): readonly Entry[] {
  if (messageId === undefined) return entries;
  return entries.slice(0, entries.findIndex(({ message }) => message.id === messageId) + 1);
}

function cursorOf({ pageInfo }: HistoryPage): string | null {
  return pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
}
